package streamcache.fill;

import java.time.Duration;

/**
 * A limit in bytes per second. After each read, it returns when the next bytes may be read. Unused
 * bandwidth may be made up for, but only a moment's worth. Not thread-safe; times are monotonic
 * nanoseconds.
 */
final class Rate {

  /** One read takes at most this share of a second's bytes, so that the rate stays even. */
  static final Duration GRAIN = Duration.ofMillis(250);

  /** Smaller reads would cost more than they smooth out. */
  private static final int LEAST_PORTION = 4096;

  private final long bytesPerSecond;
  private long due;

  Rate(long bytesPerSecond, long now) {
    this.bytesPerSecond = bytesPerSecond;
    this.due = now;
  }

  /** Records bytes that arrived; returns the time from which more may be read. */
  long take(long bytes, long now) {
    long earliest = now - GRAIN.toNanos();
    if (due - earliest < 0) {
      due = earliest;
    }
    due += (long) (bytes * 1e9 / bytesPerSecond);
    return due;
  }

  /** The number of bytes to read at once, at most {@code most}. */
  int portion(int most) {
    long grain = (long) (bytesPerSecond * (GRAIN.toNanos() / 1e9));
    return (int) Math.min(most, Math.max(LEAST_PORTION, grain));
  }
}
