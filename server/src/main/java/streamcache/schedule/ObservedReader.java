package streamcache.schedule;

/**
 * The current state of the player behind a demand. Read at any time by its account's machine; never
 * blocks.
 */
public interface ObservedReader {

  /** The next byte it wants. */
  long position();

  /** Offset after the last byte it wants. */
  long end();

  /** Bytes it has taken. */
  long watched();

  /** Bytes per second that it consumes, above 0. */
  double rate();

  /**
   * Bytes per second of bandwidth that it takes for certain; 0 while it is not playing, or is not a
   * player.
   */
  double claims(long now);

  /** Seconds of playback that it has buffered. */
  double buffered(long now);

  /** Whether it has taken nothing of what is handed to it for so long that it seems paused. */
  default boolean isPaused(long now) {
    return false;
  }
}
