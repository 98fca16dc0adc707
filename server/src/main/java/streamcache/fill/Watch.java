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

  private int readers;
  private long since;
  private long leftAt;
  private boolean admitted;

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

  /** Seconds; 0 while nobody watches. */
  double lasted(long now) {
    return readers == 0 ? 0 : (now - since) / 1e9;
  }
}
