package streamcache.fill;

import java.time.Duration;

/**
 * For how long a title has been watched without a break worth naming. Belongs to a fill; guarded by
 * the account's lock. Times are monotonic nanoseconds.
 */
final class Watch {

  /** A player that seeks, retries or comes back within this has not left. */
  private static final Duration BREAK = Duration.ofSeconds(60);

  private int readers;
  private long since;
  private long leftAt;

  Watch(long now) {
    this.since = now;
    this.leftAt = now;
  }

  void comes(long now) {
    if (readers == 0 && now - leftAt > BREAK.toNanos()) {
      since = now;
    }
    readers++;
  }

  void leaves(long now) {
    readers--;
    leftAt = now;
  }

  /** Seconds; 0 while nobody watches. */
  double lasted(long now) {
    return readers == 0 ? 0 : (now - since) / 1e9;
  }
}
