package streamcache.clip;

import java.util.Arrays;

/** Writes bits, the most significant bit of a value first, as in H.264 and AAC. */
final class BitWriter {

  private byte[] bytes;

  /** Bits written so far. */
  private long length;

  /**
   * @param capacity initial size in bytes; grows as needed
   */
  BitWriter(int capacity) {
    bytes = new byte[capacity];
  }

  /** Writes the lowest {@code count} bits of a value, 0 to 32 of them. */
  BitWriter bits(int value, int count) {
    ensure((int) ((length + count + 7) / 8));
    for (int i = count - 1; i >= 0; i--) {
      if ((value >>> i & 1) != 0) {
        bytes[(int) (length >> 3)] |= (byte) (0x80 >> (length & 7));
      }
      length++;
    }
    return this;
  }

  BitWriter flag(boolean value) {
    return bits(value ? 1 : 0, 1);
  }

  /** Writes an unsigned Exp-Golomb code: H.264 section 9.1, {@code ue(v)}. */
  BitWriter unsigned(int value) {
    int digits = 32 - Integer.numberOfLeadingZeros(value + 1);
    return bits(0, digits - 1).bits(value + 1, digits);
  }

  /** Writes a signed Exp-Golomb code, {@code se(v)}. */
  BitWriter signed(int value) {
    return unsigned(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** Writes zeros up to the next whole byte. */
  BitWriter align() {
    return bits(0, (int) (-length & 7));
  }

  /** Writes a one, then zeros up to the next whole byte: the end of every NAL unit. */
  BitWriter stop() {
    return bits(1, 1).align();
  }

  /** Writes whole bytes; only when aligned. */
  BitWriter bytes(byte[] source, int from, int count) {
    int at = wholeBytes();
    ensure(at + count);
    System.arraycopy(source, from, bytes, at, count);
    length += 8L * count;
    return this;
  }

  /** The bytes written; only when aligned. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, wholeBytes());
  }

  private int wholeBytes() {
    if ((length & 7) != 0) {
      throw new IllegalStateException("within a byte");
    }
    return (int) (length >> 3);
  }

  private void ensure(int capacity) {
    if (capacity > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(capacity, 2 * bytes.length));
    }
  }
}
