package streamcache.schedule;

import java.time.Duration;

/**
 * The time for which an account opens nothing, because its provider has refused a connection or has
 * asked for a pause. Part of an account; times are monotonic nanoseconds.
 */
final class AccountHold {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 10;
  private static final double JITTER = 0.25;

  /** Refusals in a row. */
  private int refusals;

  private long until;

  AccountHold(long now) {
    this.until = now;
  }

  /** Nothing may be opened for {@code time}; a longer hold stays in force. */
  void extend(Duration time, long now) {
    long end = now + time.toNanos();
    if (end - until > 0) {
      until = end;
    }
  }

  /**
   * Holds longer with every refusal in a row.
   *
   * @param longest hold, to which the jitter is added
   * @param jitter 0 to 1, so that several instances do not retry at the same moment
   * @return how long the account is on hold
   */
  Duration refused(Duration longest, double jitter, long now) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(refusals, MOST_DOUBLINGS));
    Duration hold = doubled.compareTo(longest) < 0 ? doubled : longest;
    refusals++;
    Duration time = hold.plusMillis((long) (hold.toMillis() * JITTER * jitter));
    extend(time, now);
    return time;
  }

  /** The provider delivers bytes: the next refusal is the first of its row. */
  void accepted() {
    refusals = 0;
  }

  boolean isOn(long now) {
    return until - now > 0;
  }

  /** How long it lasts; zero if it is over. */
  Duration left(long now) {
    return isOn(now) ? Duration.ofNanos(until - now) : Duration.ZERO;
  }
}
