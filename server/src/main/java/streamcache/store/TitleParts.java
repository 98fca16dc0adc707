package streamcache.store;

import streamcache.range.ByteRange;

/**
 * The bytes of a title that let it start at once, its head and the container index at its end, and
 * the body between them. Bounds are aligned to steps or blocks, so that evicting the body frees
 * whole blocks. An immutable value, for any thread.
 *
 * @param body evicted first; empty if the title is all head
 */
public record TitleParts(ByteRange body) {

  private static final long MEBI = 1L << 20;

  /** Bodies shrink by this many bytes at a time. */
  static final long STEP = MEBI;

  static final long BLOCK = 4096;

  /** The head of a title of unknown length. */
  public static final long LEAST_HEAD = 8 * MEBI;

  private static final long MOST_HEAD = 32 * MEBI;

  /** MP4 and Matroska often have their index at the end; players read it before the first frame. */
  private static final long CONTAINER_INDEX = 2 * MEBI;

  /** The head is 1/300 of a film: about 20 seconds of 100 minutes. */
  private static final long HEAD_SHARE = 300;

  /**
   * @param total total length in bytes; -1 while unknown, when no byte is known to be at the end
   */
  public static TitleParts of(long total) {
    long head = Math.clamp(total / HEAD_SHARE, LEAST_HEAD, MOST_HEAD);
    long start = Math.ceilDiv(head, STEP) * STEP;
    if (total < 0) {
      return new TitleParts(new ByteRange(start, Long.MAX_VALUE));
    }
    long end = Math.floorDiv(Math.max(0, total - CONTAINER_INDEX), BLOCK) * BLOCK;
    return new TitleParts(new ByteRange(start, Math.max(start, end)));
  }

  /**
   * Most bytes that head and container index take; the head alone for a title of unknown length.
   */
  long mostHeadBytes(long total) {
    return total < 0 ? body.start() : Math.max(0, total - body.length()) + BLOCK;
  }
}
