package streamcache.fill;

import java.time.Duration;

/**
 * For how long a title has been watched without a break worth naming, and whether its players have
 * been let in for as long. Belongs to a fill; guarded by the account's lock. Times are monotonic
 * nanoseconds.
 */
final class Watch {

  /** A player that seeks, retries or comes back within this has not left. */
  static final Duration BREAK = Duration.ofSeconds(60);

  /**
   * A player that seeks closes one request before it makes the next, or looks at what is stored.
   */
  private static final Duration SEEK = Duration.ofSeconds(3);

  private int readers;
  private long since;
  private long leftAt;
  private boolean admitted;
  private double claimed;
  private long claimedAt;

  Watch(long now) {
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

  /** The line carries its players, until they take a break. */
  void admit() {
    admitted = true;
  }

  boolean isAdmitted() {
    return admitted;
  }

  /**
   * What its players want of the line, also in the moment of a seek: who waits for the line must
   * not get it then.
   *
   * @param rate what they want now, bytes a second
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
