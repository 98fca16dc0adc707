package streamcache.testkit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Content computed in words of eight bytes from (offset / 8, seed). The mixing function is
 * invertible, so that misplaced bytes reveal the offset and the seed to which they belong.
 */
record SeededContent(long seed, long length) implements Content {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER_1 = 0x9E3779B97F4A7C15L;
  private static final long MULTIPLIER_2 = 0xD6E8FEB86659FD93L;
  private static final long INVERSE_1 = inverse(MULTIPLIER_1);
  private static final long INVERSE_2 = inverse(MULTIPLIER_2);
  private static final long EVERY_BYTE = 0x0101010101010101L;

  @Override
  public void fill(long offset, byte[] target, int from, int count) {
    if (offset < 0 || offset + count > length) {
      throw new IndexOutOfBoundsException(
          "[%d, %d) of %d".formatted(offset, offset + count, length));
    }
    long position = offset;
    int at = from;
    int end = from + count;
    while (at < end && (position & 7) != 0) {
      target[at++] = byteAt(position++);
    }
    long index = position >>> 3;
    for (; at + 8 <= end; at += 8) {
      WORDS.set(target, at, word(index++, seed));
    }
    position = index << 3;
    while (at < end) {
      target[at++] = byteAt(position++);
    }
  }

  @Override
  public byte at(long offset) {
    if (offset < 0 || offset >= length) {
      throw new IndexOutOfBoundsException(offset + " of " + length);
    }
    return byteAt(offset);
  }

  @Override
  public String origin(byte[] actual, int from, int count) {
    if (count < 16) {
      return "";
    }
    if (isZero(actual, from, Math.min(count, 64))) {
      return " (zeros: a hole was sent?)";
    }
    for (int skip = 0; skip < 8; skip++) {
      long word = (long) WORDS.get(actual, from + skip);
      for (long low = 0; low < 256; low++) {
        long candidate = (seed & ~0xFFL) | low;
        long index = index(word, candidate);
        long offset = (index << 3) - skip;
        if (index >= 0 && offset >= 0 && offset < Math.max(length, 1L << 40)) {
          return candidate == seed
              ? " (bytes of offset " + offset + " of the same content)"
              : " (bytes of offset " + offset + " of the content with seed " + candidate + ")";
        }
      }
    }
    return "";
  }

  private byte byteAt(long offset) {
    return (byte) (word(offset >>> 3, seed) >>> ((offset & 7) * 8));
  }

  /**
   * The lowest byte of the seed flips every byte in the same way, so that contents differ
   * everywhere.
   */
  private static long word(long index, long seed) {
    long mixed = (index + key(seed)) * MULTIPLIER_1;
    mixed ^= mixed >>> 32;
    mixed *= MULTIPLIER_2;
    mixed ^= mixed >>> 32;
    return mixed ^ ((seed & 0xFF) * EVERY_BYTE);
  }

  private static long index(long word, long seed) {
    long mixed = word ^ ((seed & 0xFF) * EVERY_BYTE);
    mixed ^= mixed >>> 32;
    mixed *= INVERSE_2;
    mixed ^= mixed >>> 32;
    return mixed * INVERSE_1 - key(seed);
  }

  private static long key(long seed) {
    return ((seed >>> 8) + 1) * 0xC2B2AE3D27D4EB4FL;
  }

  /** Newton's iteration modulo 2^64; each step doubles the number of correct bits. */
  private static long inverse(long odd) {
    long inverse = odd;
    for (int step = 0; step < 5; step++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }

  private static boolean isZero(byte[] bytes, int from, int count) {
    for (int at = from; at < from + count; at++) {
      if (bytes[at] != 0) {
        return false;
      }
    }
    return true;
  }
}
