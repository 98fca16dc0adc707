package streamcache.fill;

/** How much somebody needs the line, the most urgent first. */
enum Urgency {
  /** A player stands still. */
  STARVED,
  /** It will, unless a connection is on its way now. */
  LOW,
  /** It has enough for a while. */
  AHEAD,
  /** Nobody would notice: the rest of a title, a reader that takes it faster than it plays. */
  FILL;

  /** Slack at which a waiting player stands still. */
  private static final double STILL = 0.5;

  /** Beyond the time to swap a connection, what a swap may be late by. */
  private static final double MARGIN = 1.5;

  private static final double PLENTY = 60;

  /** Slack below which a connection has to be on its way. */
  static double low(double swap) {
    return 1.2 * swap + MARGIN;
  }

  static Urgency of(double slack, boolean waits, double swap) {
    if (waits && slack < STILL) {
      return STARVED;
    }
    if (slack < low(swap)) {
      return LOW;
    }
    return slack < PLENTY ? AHEAD : FILL;
  }

  /** Whether it cannot wait until a connection has nothing else to do. */
  boolean isPressing() {
    return this == STARVED || this == LOW;
  }

  boolean isLive() {
    return this != FILL;
  }
}
