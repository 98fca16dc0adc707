package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import streamcache.origin.Facts;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.OriginException;
import streamcache.origin.Upstream;
import streamcache.testkit.Content;

/** Some bytes of a film, then a broken connection. */
final class Part implements Upstream {

  private final Fetch fetch;
  private final String validator;
  private final Content film;
  private final long end;
  private final long cut;
  private long position;
  private Consumer<ByteBuffer> reading = _ -> {};

  Part(Fetch fetch, int most) {
    this(fetch, "\"v\"", most);
  }

  Part(Fetch fetch, String validator, int most) {
    this(fetch, validator, most, /* seed= */ 3);
  }

  /** Of another film of the same length, where the seed is not 3. */
  Part(Fetch fetch, String validator, int most, long seed) {
    this.film = Content.of(seed, FillsFixture.LENGTH);
    this.fetch = fetch;
    this.validator = validator;
    this.position = fetch.start();
    this.end = Math.min(FillsFixture.LENGTH, fetch.end().orElse(FillsFixture.LENGTH));
    this.cut = Math.min(end, position + most);
  }

  /** Sets the listener that is called before each read. */
  void onRead(Consumer<ByteBuffer> listener) {
    reading = listener;
  }

  @Override
  public Facts facts() {
    return new Facts(
        OptionalLong.of(FillsFixture.LENGTH),
        Optional.of(validator),
        Optional.empty(),
        Optional.of("video/mp4"),
        Optional.empty(),
        /* ranges= */ true,
        "provider.example");
  }

  @Override
  public long start() {
    return fetch.start();
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(end - fetch.start());
  }

  @Override
  public boolean isSpent() {
    return position == end;
  }

  @Override
  public int read(ByteBuffer buffer) throws OriginException {
    reading.accept(buffer);
    if (position == end) {
      return -1;
    }
    if (position == cut) {
      throw new OriginException(new Failure.Broken(OptionalInt.empty(), "cut"));
    }
    int count = (int) Math.min(buffer.remaining(), cut - position);
    buffer.put(film.bytes(position, count));
    position += count;
    return count;
  }

  @Override
  public void close() {}
}
