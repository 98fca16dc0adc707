package streamcache.fill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import streamcache.link.TitleKey;
import streamcache.origin.Facts;
import streamcache.origin.Upstream;
import streamcache.range.RangeSet;
import streamcache.testkit.Content;

/** A node that has stored some bytes of a film. */
final class OtherNode implements OtherStores {

  private final RangeSet present;
  private final Content film;
  private final @Nullable String validator;
  private final long begun;
  private final AtomicLong breaksAfter = new AtomicLong(Long.MAX_VALUE);

  /** How often it was asked. */
  final AtomicInteger asked = new AtomicInteger();

  /** The bytes that it has sent. */
  final AtomicLong sent = new AtomicLong();

  /**
   * @param seed of the film, 3 for that of the provider
   */
  OtherNode(RangeSet present, long seed, @Nullable String validator, long begun) {
    this.present = present;
    this.film = Content.of(seed, FillsFixture.LENGTH);
    this.validator = validator;
    this.begun = begun;
  }

  /** Has it die once it has sent so many bytes. */
  OtherNode diesAfter(long bytes) {
    breaksAfter.set(bytes);
    return this;
  }

  private boolean isDead() {
    return sent.get() >= breaksAfter.get();
  }

  @Override
  public List<StoredOffer> ask(TitleKey title, long start) {
    asked.incrementAndGet();
    return present.contains(start) && !isDead() ? List.of(new Offered(start)) : List.of();
  }

  private Facts facts() {
    return new Facts(
        OptionalLong.of(FillsFixture.LENGTH),
        Optional.ofNullable(validator),
        Optional.empty(),
        Optional.of("video/mp4"),
        Optional.empty(),
        /* ranges= */ true,
        "provider.example");
  }

  private final class Offered implements StoredOffer {

    private final long start;

    private Offered(long start) {
      this.start = start;
    }

    @Override
    public Facts facts() {
      return OtherNode.this.facts();
    }

    @Override
    public long begun() {
      return begun;
    }

    @Override
    public long end() {
      return present.presentUntil(start);
    }

    @Override
    public Upstream open(long from, long until) throws IOException {
      if (!present.contains(from) || isDead()) {
        throw new IOException("no such bytes");
      }
      return new Sending(from, Math.min(until, present.presentUntil(from)));
    }
  }

  private final class Sending implements Upstream {

    private final long start;
    private final long end;
    private long position;

    private Sending(long start, long end) {
      this.start = start;
      this.position = start;
      this.end = end;
    }

    @Override
    public Facts facts() {
      return OtherNode.this.facts();
    }

    @Override
    public long start() {
      return start;
    }

    @Override
    public OptionalLong length() {
      return OptionalLong.of(end - start);
    }

    @Override
    public int read(ByteBuffer buffer) {
      int count = (int) Math.min(buffer.remaining(), end - position);
      count = (int) Math.min(count, breaksAfter.get() - sent.get());
      if (count <= 0) {
        return -1;
      }
      buffer.put(film.bytes(position, count));
      position += count;
      sent.addAndGet(count);
      return count;
    }

    @Override
    public boolean isSpent() {
      return position == end;
    }

    @Override
    public void close() {}
  }
}
