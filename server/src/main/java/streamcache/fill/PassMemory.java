package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import streamcache.origin.Facts;

/**
 * The bytes that the passes of one playback can be compared with, since nothing of them is stored:
 * the last ones that its player was given, and the first ones of a response that was given up
 * because of its validators. Used by the playback's thread alone.
 */
final class PassMemory {

  /** As much as where two responses meet in a stored title. */
  static final int BYTES = 64 * 1024;

  private final byte[] last = new byte[BYTES];
  private int lastCount;
  private long lastEnd;

  private @Nullable GivenUpResponse givenUp;

  /** The first bytes of a response that was given up. */
  record GivenUpResponse(Facts facts, long start, ByteBuffer bytes) {}

  /**
   * The player gets these bytes.
   *
   * @param bytes not consumed
   */
  void gave(long position, ByteBuffer bytes) {
    if (position != lastEnd) {
      lastCount = 0;
    }
    int fresh = Math.min(bytes.remaining(), BYTES);
    int old = Math.min(lastCount, BYTES - fresh);
    System.arraycopy(last, lastCount - old, last, 0, old);
    bytes.get(bytes.limit() - fresh, last, old, fresh);
    lastCount = old + fresh;
    lastEnd = position + bytes.remaining();
  }

  void gaveUp(GivenUpResponse response) {
    givenUp = response;
  }

  /** The last response that was given up; it is forgotten. */
  Optional<GivenUpResponse> takeGivenUp() {
    Optional<GivenUpResponse> taken = Optional.ofNullable(givenUp);
    givenUp = null;
    return taken;
  }

  /** Whether the player was last given the bytes before this position. */
  boolean endsAt(long position) {
    return lastCount > 0 && lastEnd == position;
  }

  /** How many bytes of these the player was given before, if they are the same; -1 if not. */
  int equal(long position, ByteBuffer bytes) {
    return equal(position, bytes, lastEnd - lastCount, ByteBuffer.wrap(last, 0, lastCount));
  }

  /** How many bytes two ranges have in common; -1 if these differ. */
  static int equal(long position, ByteBuffer bytes, long otherPosition, ByteBuffer other) {
    long from = Math.max(position, otherPosition);
    long to = Math.min(position + bytes.remaining(), otherPosition + other.remaining());
    if (to <= from) {
      return 0;
    }
    int count = (int) (to - from);
    ByteBuffer one = bytes.slice(bytes.position() + (int) (from - position), count);
    return one.equals(other.slice(other.position() + (int) (from - otherPosition), count))
        ? count
        : -1;
  }
}
