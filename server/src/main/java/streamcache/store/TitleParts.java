package streamcache.store;

import streamcache.range.ByteRange;

/**
 * Which bytes of a title let it start at once, its head and the container index at its end, and
 * which are its body between them. Bounds lie on steps or blocks, so that giving up the body frees
 * whole blocks. A value, for any thread.
 *
 * @param body what may go first; empty when the title is all head
 */
record TitleParts(ByteRange body) {

  private static final long MEBI = 1L << 20;

  /** Bodies shrink by this many bytes at a time. */
  static final long STEP = MEBI;

  static final long BLOCK = 4096;

  private static final long LEAST_HEAD = 8 * MEBI;
  private static final long MOST_HEAD = 32 * MEBI;

  /** MP4 and Matroska often have their index at the end; players read it before the first frame. */
  private static final long CONTAINER_INDEX = 2 * MEBI;

  /** About 20 seconds of a film of 100 minutes: 1/300 of it. */
  private static final long HEAD_SHARE = 300;

  /**
   * @param total whole length; -1 while unknown, when nothing is known to be the end
   */
  static TitleParts of(long total) {
    long head = Math.clamp(total / HEAD_SHARE, LEAST_HEAD, MOST_HEAD);
    long start = Math.ceilDiv(head, STEP) * STEP;
    if (total < 0) {
      return new TitleParts(new ByteRange(start, Long.MAX_VALUE));
    }
    long end = Math.floorDiv(Math.max(0, total - CONTAINER_INDEX), BLOCK) * BLOCK;
    return new TitleParts(new ByteRange(start, Math.max(start, end)));
  }

  /** What head and container index take at most; all of it for a title of unknown length. */
  long mostHeadBytes(long total) {
    return total < 0 ? body.start() : Math.max(0, total - body.length()) + BLOCK;
  }
}
