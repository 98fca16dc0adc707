package streamcache.store;

import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** Which blocks of a file hold which bytes; pure. */
final class Blocks {
  private Blocks() {}

  /** The blocks that hold bytes of {@code gone} and none of {@code rest}. */
  static RangeSet freed(RangeSet gone, RangeSet rest) {
    return touched(gone).minus(touched(rest));
  }

  private static RangeSet touched(RangeSet bytes) {
    RangeSet blocks = RangeSet.EMPTY;
    for (ByteRange range : bytes.ranges()) {
      long from = Math.floorDiv(range.start(), Accounts.BLOCK) * Accounts.BLOCK;
      long to = Math.ceilDiv(range.end(), Accounts.BLOCK) * Accounts.BLOCK;
      blocks = blocks.plus(new ByteRange(from, to));
    }
    return blocks;
  }
}
