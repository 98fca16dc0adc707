package streamcache.fill;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.schedule.Effect;
import streamcache.store.Generation;

/**
 * Compares the bytes of one connection with stored ones where they overlap, unless a strong
 * validator vouches for both. Records the bytes that were added, so that they can be withdrawn.
 * Used by the connection's thread alone.
 */
final class OverlapCheck {

  private final Generation generation;
  private final boolean isVouched;
  private final long overlap;

  /** The bytes that this connection has added, unless they are vouched for. */
  private RangeSet added = RangeSet.EMPTY;

  /** How many of the most recent bytes in a row were compared. */
  private long compared;

  /** How many bytes were compared and are equal. */
  private long equal;

  /**
   * @param isVouched whether a strong validator says that the connection delivers the stored file
   * @param overlap bytes that must be equal
   */
  OverlapCheck(Generation generation, boolean isVouched, long overlap) {
    this.generation = generation;
    this.isVouched = isVouched;
    this.overlap = overlap;
  }

  /** Of bytes that are known to be of the stored file: nothing is compared. */
  static OverlapCheck vouched(Generation generation) {
    return new OverlapCheck(generation, /* isVouched= */ true, /* overlap= */ 0);
  }

  /** Where to start, so that the bytes before the range can be compared. Pure. */
  static long begin(Generation generation, Effect.Open open) {
    long start = open.range().start();
    if (mayBeVouchedFor(generation, open)) {
      return start;
    }
    ByteRange before = new ByteRange(Math.max(0, start - open.overlap()), start);
    return start - tail(before, stored(generation, before));
  }

  /** How far to request, so that the bytes after the range can be compared. Pure. */
  static long end(Generation generation, Effect.Open open) {
    long end = open.range().end();
    long total = generation.total().orElse(Long.MAX_VALUE);
    boolean isWhole = end >= total;
    return isWhole || mayBeVouchedFor(generation, open)
        ? end
        : Math.min(end + open.overlap(), total);
  }

  /** Whether so much is stored before the range that a response to it is compared. Pure. */
  static boolean hasBefore(Generation generation, Effect.Open open) {
    long enough = Math.min(open.overlap(), SampleCheck.enough(generation));
    return open.range().start() - begin(generation, open) >= enough;
  }

  private static boolean mayBeVouchedFor(Generation generation, Effect.Open open) {
    return open.terms().validators().vouches() && generation.facts().strongValidator().isPresent();
  }

  /**
   * Whether {@code data}, which belongs at {@code position}, equals the bytes stored there, if any.
   */
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
      equal += part.length();
    }
    long tail = tail(range, stored);
    compared = tail == range.length() ? compared + tail : tail;
    return true;
  }

  /** Records bytes that will be written; returns how many of them are new. */
  long add(long position, int count) {
    ByteRange range = ByteRange.ofLength(position, count);
    RangeSet holes = RangeSet.of(range);
    for (ByteRange part : stored(generation, range)) {
      holes = holes.minus(part);
    }
    added = isVouched ? added : added.plus(holes);
    return holes.size();
  }

  /** How far a connection with the given limit may read. */
  long reach(long limit) {
    return isVouched || limit > Long.MAX_VALUE - overlap ? limit : limit + overlap;
  }

  /** Whether enough bytes were compared for the connection to end where it meets stored ones. */
  boolean isSure() {
    return isVouched || compared >= overlap;
  }

  /** How many bytes were compared and are equal. */
  long equal() {
    return equal;
  }

  /** Withdraws the bytes that were added before the mismatch showed. */
  void undo() {
    generation.invalidate(added, "the provider now sends different bytes");
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
