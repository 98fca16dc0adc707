package streamcache.range;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An immutable set of byte offsets, kept as sorted, disjoint, non-adjacent ranges.
 *
 * <p>Every change returns a new set, so that a reader may use one without a lock while a writer
 * publishes the next. A change costs O(ranges); a lookup O(log ranges). A film has a handful of
 * ranges, rarely more than a hundred.
 */
public final class RangeSet {

  /** The empty set. */
  public static final RangeSet EMPTY = new RangeSet(new long[0]);

  /** Starts at even indices, ends at odd ones; strictly ascending, hence disjoint and merged. */
  private final long[] bounds;

  private RangeSet(long[] bounds) {
    this.bounds = bounds;
  }

  /** The union of the given ranges. */
  public static RangeSet of(ByteRange... ranges) {
    RangeSet set = EMPTY;
    for (ByteRange range : ranges) {
      set = set.plus(range);
    }
    return set;
  }

  /** The union of this set and {@code range}; touching ranges are merged. */
  public RangeSet plus(ByteRange range) {
    if (range.isEmpty() || covers(range)) {
      return this;
    }
    int first = firstEndingAtOrAfter(range.start());
    int behind = first;
    long start = range.start();
    long end = range.end();
    while (behind < bounds.length && bounds[behind] <= range.end()) {
      start = Math.min(start, bounds[behind]);
      end = Math.max(end, bounds[behind + 1]);
      behind += 2;
    }
    return replace(first, behind, start, end);
  }

  /** This set without the bytes of {@code range}. */
  public RangeSet minus(ByteRange range) {
    if (range.isEmpty()) {
      return this;
    }
    long[] kept = new long[bounds.length + 2];
    int size = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      long leftEnd = Math.min(bounds[i + 1], range.start());
      if (bounds[i] < leftEnd) {
        kept[size++] = bounds[i];
        kept[size++] = leftEnd;
      }
      long rightStart = Math.max(bounds[i], range.end());
      if (rightStart < bounds[i + 1]) {
        kept[size++] = rightStart;
        kept[size++] = bounds[i + 1];
      }
    }
    return new RangeSet(Arrays.copyOf(kept, size));
  }

  /** The union of this set and {@code others}. */
  public RangeSet plus(RangeSet others) {
    RangeSet all = this;
    for (ByteRange range : others.ranges()) {
      all = all.plus(range);
    }
    return all;
  }

  /** This set without the bytes of {@code others}. */
  public RangeSet minus(RangeSet others) {
    RangeSet left = this;
    for (ByteRange range : others.ranges()) {
      left = left.minus(range);
    }
    return left;
  }

  /** The bytes that both sets contain. */
  public RangeSet intersect(RangeSet others) {
    return minus(minus(others));
  }

  /** Whether every byte of {@code range} is present; true for an empty range. */
  public boolean covers(ByteRange range) {
    return range.isEmpty() || presentUntil(range.start()) >= range.end();
  }

  public boolean contains(long offset) {
    return presentUntil(offset) > offset;
  }

  /** The end of the run of present bytes that holds {@code offset}; {@code offset} if absent. */
  public long presentUntil(long offset) {
    int at = firstEndingAtOrAfter(offset + 1);
    return at < bounds.length && bounds[at] <= offset ? bounds[at + 1] : offset;
  }

  /** The first present offset at or after {@code offset}; Long.MAX_VALUE if there is none. */
  public long nextPresent(long offset) {
    int at = firstEndingAtOrAfter(offset + 1);
    return at < bounds.length ? Math.max(bounds[at], offset) : Long.MAX_VALUE;
  }

  /** The offset after the last present byte before {@code offset}; 0 if there is none. */
  public long presentBefore(long offset) {
    int at = firstEndingAtOrAfter(offset);
    if (at < bounds.length && bounds[at] < offset) {
      return offset;
    }
    return at > 0 ? bounds[at - 1] : 0;
  }

  /** The first run of absent bytes inside {@code within}, clipped to it. */
  public Optional<ByteRange> firstHole(ByteRange within) {
    long start = presentUntil(within.start());
    if (start >= within.end()) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(start, Math.min(nextPresent(start), within.end())));
  }

  /** All absent bytes inside {@code within}. */
  public RangeSet holes(ByteRange within) {
    RangeSet holes = of(within);
    for (ByteRange range : ranges()) {
      holes = holes.minus(range);
    }
    return holes;
  }

  /** The number of present bytes. */
  public long size() {
    long size = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      size += bounds[i + 1] - bounds[i];
    }
    return size;
  }

  /** The disk space, in bytes, of all blocks of {@code block} bytes that this set touches. */
  public long allocated(long block) {
    long allocated = 0;
    long counted = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      long from = Math.max(counted, Math.floorDiv(bounds[i], block));
      long to = Math.ceilDiv(bounds[i + 1], block);
      allocated += Math.max(0, to - from) * block;
      counted = to;
    }
    return allocated;
  }

  public boolean isEmpty() {
    return bounds.length == 0;
  }

  /** The ranges, ascending, none empty, none touching the next. */
  public List<ByteRange> ranges() {
    List<ByteRange> ranges = new ArrayList<>(bounds.length / 2);
    for (int i = 0; i < bounds.length; i += 2) {
      ranges.add(new ByteRange(bounds[i], bounds[i + 1]));
    }
    return ranges;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RangeSet set && Arrays.equals(bounds, set.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < bounds.length; i += 2) {
      text.append(i == 0 ? "" : ", ").append(bounds[i]).append('-').append(bounds[i + 1]);
    }
    return text.append('}').toString();
  }

  /** The index in {@code bounds} of the first range that ends at or after {@code offset}. */
  private int firstEndingAtOrAfter(long offset) {
    int low = 0;
    int high = bounds.length / 2;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bounds[2 * middle + 1] < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return 2 * low;
  }

  private RangeSet replace(int first, int behind, long start, long end) {
    long[] changed = new long[bounds.length - (behind - first) + 2];
    System.arraycopy(bounds, 0, changed, 0, first);
    changed[first] = start;
    changed[first + 1] = end;
    System.arraycopy(bounds, behind, changed, first + 2, bounds.length - behind);
    return new RangeSet(changed);
  }
}
