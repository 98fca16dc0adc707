package streamcache.fill;

import java.time.Duration;

/**
 * A limit of bytes a second. Whoever has brought some is told when the next ones may come; what was
 * not used lately may be made up for, but only a moment's worth. Not safe by itself; times are
 * monotonic nanoseconds.
 */
final class Rate {

  /** As long as one read may take of it, so that a limit is kept evenly. */
  static final Duration GRAIN = Duration.ofMillis(250);

  /** Smaller reads would cost more than they smooth. */
  private static final int LEAST_PORTION = 4096;

  private final long bytesPerSecond;
  private long due;

  Rate(long bytesPerSecond, long now) {
    this.bytesPerSecond = bytesPerSecond;
    this.due = now;
  }

  /** Takes note of bytes that came; returns the moment from which more may. */
  long take(long bytes, long now) {
    long earliest = now - GRAIN.toNanos();
    if (due - earliest < 0) {
      due = earliest;
    }
    due += (long) (bytes * 1e9 / bytesPerSecond);
    return due;
  }

  /** How much to read at once, at most {@code most}. */
  int portion(int most) {
    long grain = (long) (bytesPerSecond * (GRAIN.toNanos() / 1e9));
    return (int) Math.min(most, Math.max(LEAST_PORTION, grain));
  }
}
