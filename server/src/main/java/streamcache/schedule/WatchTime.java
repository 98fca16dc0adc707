package streamcache.schedule;

import java.time.Duration;

/**
 * How long a title has been watched without a significant break, and whether its players have been
 * admitted during that time. Belongs to a title. Times are monotonic nanoseconds.
 */
final class WatchTime {

  /** A player that seeks, retries or returns within this time has not left. */
  static final Duration BREAK = Duration.ofSeconds(60);

  /**
   * How long a claim lasts: a player that seeks closes one request before it makes the next, or
   * reads what is stored.
   */
  private static final Duration SEEK = Duration.ofSeconds(3);

  /**
   * How long after its last viewer a broadcast is received: a player may come back, or ask for the
   * facts before it plays.
   */
  private static final Duration LINGER = Duration.ofSeconds(10);

  private int readers;
  private long since;
  private long leftAt;
  private boolean admitted;
  private double claimed;
  private long claimedAt;

  WatchTime(long now) {
    this.since = now;
    this.leftAt = now;
  }

  void comes(long now) {
    if (readers == 0 && now - leftAt > BREAK.toNanos()) {
      since = now;
      admitted = false;
    }
    readers++;
  }

  void leaves(long now) {
    readers--;
    leftAt = now;
  }

  /** Whether the last viewer has left, and only a moment ago. */
  boolean isJustLeft(long now) {
    return readers == 0 && now - leftAt < LINGER.toNanos();
  }

  /** Admits its players, until they take a break. */
  void admit() {
    admitted = true;
  }

  boolean isAdmitted() {
    return admitted;
  }

  /**
   * The bandwidth that its players claim, also during a seek: a newcomer must not get it then.
   *
   * @param rate what they claim now, in bytes per second
   */
  double claims(double rate, long now) {
    if (rate > 0) {
      claimed = rate;
      claimedAt = now;
    }
    return now - claimedAt < SEEK.toNanos() ? claimed : 0;
  }

  /** Seconds; 0 while nobody watches. */
  double lasted(long now) {
    return readers == 0 ? 0 : (now - since) / 1e9;
  }
}
