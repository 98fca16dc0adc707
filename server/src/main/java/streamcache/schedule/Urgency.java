package streamcache.schedule;

/** How urgently a connection is needed, the most urgent first. */
enum Urgency {
  /** A player is stalled. */
  STARVED,
  /** A player will stall unless a connection is opened now. */
  LOW,
  /** A player has enough for a while. */
  AHEAD,
  /**
   * Nobody would notice a delay: the rest of a title, or a reader that takes bytes faster than it
   * plays.
   */
  FILL;

  /** The slack below which a waiting player is stalled. */
  static final double STILL = 0.5;

  /** Seconds by which a swap of connections may be late. */
  private static final double MARGIN = 1.5;

  /** Seconds; a reader with this much ahead needs no connection soon. */
  static final double PLENTY = 60;

  /**
   * The same in swaps. Where a swap takes long, readers depend on every turn: with two at 2.5 times
   * their bitrate, each turn takes ten swaps, and a turn given away too early is a stall.
   */
  private static final double PLENTY_SWAPS = 8;

  /** The slack below which a connection must be on its way. */
  static double low(double swap) {
    return 1.2 * swap + MARGIN;
  }

  /** The slack from which on a reader counts as a fill. */
  static double plenty(double swap) {
    return Math.max(PLENTY, PLENTY_SWAPS * swap);
  }

  static Urgency of(double slack, boolean waits, double swap) {
    if (waits && slack < STILL) {
      return STARVED;
    }
    if (slack < low(swap)) {
      return LOW;
    }
    return slack < plenty(swap) ? AHEAD : FILL;
  }

  /** Whether it cannot wait until a connection is idle. */
  boolean isPressing() {
    return this == STARVED || this == LOW;
  }

  boolean isLive() {
    return this != FILL;
  }
}
