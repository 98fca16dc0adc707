package streamcache.media;

import java.nio.ByteBuffer;

/**
 * The playing time of a Matroska or WebM file: {@code Duration} times {@code TimestampScale} of the
 * {@code Info} element (RFC 9559 section 5.1.2), found by walking its elements (RFC 8794 section
 * 4).
 */
final class MatroskaHead {

  static final int MAGIC = 0x1A45DFA3;

  private static final long SEGMENT = 0x18538067;
  private static final long INFO = 0x1549A966;
  private static final long CLUSTER = 0x1F43B675;
  private static final long TIMESTAMP_SCALE = 0x2AD7B1;
  private static final long DURATION = 0x4489;

  /** Nanoseconds per tick unless the file states otherwise. */
  private static final long USUAL_SCALE = 1_000_000;

  /** Most octets of a length (RFC 8794 section 6.1) and of an integer (section 7.2). */
  private static final int LONGEST_NUMBER = 8;

  private final ByteBuffer bytes;
  private long position;
  private double ticks;
  private long scale = USUAL_SCALE;

  private MatroskaHead(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * @return 0 if the file does not state it
   * @throws IndexOutOfBoundsException if it may be stated after the end of {@code bytes}
   */
  static double seconds(ByteBuffer bytes) {
    MatroskaHead head = new MatroskaHead(bytes);
    head.walk(bytes.limit());
    return head.ticks * head.scale / 1e9;
  }

  /** Terminates because each element takes at least two bytes. */
  private void walk(long end) {
    while (position < end && ticks == 0) {
      long id = number(/* keepsMarker= */ true);
      long size = number(/* keepsMarker= */ false);
      if (id == CLUSTER) {
        return;
      }
      if (id == SEGMENT) {
        continue;
      }
      if (id == INFO) {
        info(position + size);
        return;
      }
      position += size;
    }
    if (position >= end) {
      throw new IndexOutOfBoundsException("Info is not among the first elements");
    }
  }

  private void info(long end) {
    while (position < end) {
      long id = number(/* keepsMarker= */ true);
      long size = number(/* keepsMarker= */ false);
      if (position + size > end) {
        throw new IndexOutOfBoundsException("longer than Info");
      }
      if (id == TIMESTAMP_SCALE) {
        scale = size == 0 ? USUAL_SCALE : unsigned(size);
      } else if (id == DURATION) {
        ticks = real(size);
      }
      position += size;
    }
  }

  /** A number of one to eight bytes, whose first set bit gives the length. */
  private long number(boolean keepsMarker) {
    int first = Byte.toUnsignedInt(bytes.get(at()));
    int length = Integer.numberOfLeadingZeros(first) - (Integer.SIZE - Byte.SIZE) + 1;
    if (length > LONGEST_NUMBER) {
      throw new IndexOutOfBoundsException("no number");
    }
    long value = keepsMarker ? first : first & ~(1 << (Byte.SIZE - length));
    for (int i = 1; i < length; i++) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(bytes.get(at() + i));
    }
    position += length;
    return value;
  }

  /** A float of 4 or 8 octets; 0 for no octets and for any invalid size (RFC 8794 section 7.3). */
  private double real(long size) {
    if (size == Float.BYTES) {
      return bytes.getFloat(at());
    }
    return size == Double.BYTES ? bytes.getDouble(at()) : 0;
  }

  private long unsigned(long size) {
    if (size > LONGEST_NUMBER) {
      throw new IndexOutOfBoundsException("no number");
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(bytes.get(at() + i));
    }
    return value;
  }

  private int at() {
    return Math.toIntExact(Math.min(position, Integer.MAX_VALUE - LONGEST_NUMBER));
  }
}
