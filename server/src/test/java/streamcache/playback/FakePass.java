package streamcache.playback;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import streamcache.fill.Pass;
import streamcache.origin.Failure;
import streamcache.origin.OriginException;
import streamcache.testkit.Content;

/** Bytes of a film that bypass the store, up to an offset at which the pass breaks off. */
final class FakePass implements Pass {

  private static final int PORTION = 10_000;

  private final Content film;
  private final long end;
  private long position;
  boolean isClosed;

  FakePass(Content film, long start, long end) {
    this.film = film;
    this.position = start;
    this.end = end;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public int read(ByteBuffer buffer) throws OriginException {
    if (position >= end) {
      throw new OriginException(new Failure.Broken(OptionalInt.empty(), "cut"));
    }
    int count = (int) Math.min(Math.min(buffer.remaining(), PORTION), end - position);
    buffer.put(film.bytes(position, count));
    position += count;
    return count;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
