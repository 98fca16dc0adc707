package streamcache.range;

/**
 * A half-open range of byte offsets, {@code [start, end)}; empty when both are equal.
 *
 * @param start first offset, in bytes, at least 0
 * @param end offset after the last byte, at least {@code start}
 */
public record ByteRange(long start, long end) {

  public ByteRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a range: [" + start + ", " + end + ")");
    }
  }

  /** The range of {@code length} bytes that begins at {@code start}. */
  public static ByteRange ofLength(long start, long length) {
    return new ByteRange(start, Math.addExact(start, length));
  }

  public long length() {
    return end - start;
  }

  public boolean isEmpty() {
    return start == end;
  }

  public boolean contains(long offset) {
    return offset >= start && offset < end;
  }

  /** Whether both share at least one byte. */
  public boolean overlaps(ByteRange other) {
    return start < other.end && other.start < end;
  }

  /** The bytes that both share; an empty range if there are none. */
  public ByteRange intersect(ByteRange other) {
    long from = Math.max(start, other.start);
    return new ByteRange(from, Math.max(from, Math.min(end, other.end)));
  }
}
