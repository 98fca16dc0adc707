package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.store.Generation;

/**
 * Where the bytes of one connection meet stored ones. Without a strong validator that vouches for
 * both, they are compared there, and what was joined is known to be able to be taken back. Used by
 * the connection's thread alone.
 */
final class Seam {

  /** What is fetched again on either side to be compared; less may be equal by chance. */
  static final long OVERLAP_BYTES = 64 * 1024;

  private final Generation generation;
  private final boolean isVouched;

  /** What this connection has added. */
  private RangeSet added = RangeSet.EMPTY;

  /** How many of the newest bytes in a row were compared. */
  private long compared;

  /**
   * @param isVouched whether a strong validator says that the connection brings the stored file
   */
  Seam(Generation generation, boolean isVouched) {
    this.generation = generation;
    this.isVouched = isVouched;
  }

  /** Where to begin, so that what lies before {@code start} can be compared. Pure. */
  static long begin(Generation generation, long start) {
    if (generation.facts().strongValidator().isPresent()) {
      return start;
    }
    ByteRange before = new ByteRange(Math.max(0, start - OVERLAP_BYTES), start);
    return start - tail(before, stored(generation, before));
  }

  /** How far to ask, so that what lies behind {@code end} can be compared. Pure. */
  static long end(Generation generation, long end) {
    boolean isWhole = end >= generation.total().orElse(Long.MAX_VALUE);
    return isWhole || generation.facts().strongValidator().isPresent() ? end : end + OVERLAP_BYTES;
  }

  /** Whether {@code data}, which belongs at {@code position}, is what is stored there, if any. */
  boolean fits(long position, ByteBuffer data) {
    if (isVouched) {
      return true;
    }
    ByteRange range = ByteRange.ofLength(position, data.remaining());
    List<ByteRange> stored = stored(generation, range);
    for (ByteRange part : stored) {
      int from = data.position() + (int) (part.start() - position);
      if (!generation.agrees(part.start(), data.slice(from, (int) part.length()))) {
        return false;
      }
    }
    long tail = tail(range, stored);
    compared = tail == range.length() ? compared + tail : tail;
    return true;
  }

  /** These bytes will be written; what of them is new. */
  long add(long position, int count) {
    ByteRange range = ByteRange.ofLength(position, count);
    RangeSet holes = RangeSet.of(range);
    for (ByteRange part : stored(generation, range)) {
      holes = holes.minus(part);
    }
    added = isVouched ? added : added.plus(holes);
    return holes.size();
  }

  /** How far the connection may read that ends at {@code limit}. */
  long reach(long limit) {
    return isVouched || limit > Long.MAX_VALUE - OVERLAP_BYTES ? limit : limit + OVERLAP_BYTES;
  }

  /** Whether the connection may end where its bytes run into stored ones. */
  boolean isSure() {
    return isVouched || compared >= OVERLAP_BYTES;
  }

  /** Takes back what was joined before it showed that it does not belong there. */
  void undo() {
    generation.withdraw(added, "the provider gives other bytes now");
  }

  private static List<ByteRange> stored(Generation generation, ByteRange within) {
    RangeSet present = generation.present();
    List<ByteRange> stored = new ArrayList<>();
    long offset = present.nextPresent(within.start());
    while (offset < within.end()) {
      long until = Math.min(within.end(), present.presentUntil(offset));
      stored.add(new ByteRange(offset, until));
      offset = present.nextPresent(until);
    }
    return stored;
  }

  /** How many bytes before the end of {@code range} are stored without a hole. */
  private static long tail(ByteRange range, List<ByteRange> stored) {
    boolean reaches = !stored.isEmpty() && stored.getLast().end() == range.end();
    return reaches ? stored.getLast().length() : 0;
  }
}
