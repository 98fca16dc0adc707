package streamcache.store;

import java.time.Duration;
import streamcache.link.TitleKey;

/**
 * What the index knows of a title without opening it; a value, for any thread.
 *
 * @param key which title
 * @param usedBytes what its present bytes take on disk, in blocks of 4 KiB
 * @param total whole length in bytes; -1 while unknown
 * @param lastAccess when it was last read, in epoch seconds
 * @param hits how many playbacks it has had
 * @param watchedUntil offset behind the furthest byte that a player has taken
 * @param complete whether every byte is present
 * @param pinned never evicted: kept by the owner, or its file has a second name
 */
record TitleUse(
    TitleKey key,
    long usedBytes,
    long total,
    long lastAccess,
    long hits,
    long watchedUntil,
    boolean complete,
    boolean pinned) {

  static final long UNKNOWN_TOTAL = -1;

  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final double SECONDS_AN_HOUR = 3600;

  /** Below this share of the film it was only looked into, above the other it is finished. */
  private static final double BEGUN = 0.05;

  private static final double FINISHED = 0.95;

  /**
   * Whether it was read a moment ago, so that its viewer may come back. A time in the far future,
   * left by a clock that was wrong, does not protect a title for ever.
   */
  boolean isRecent(long now) {
    return Math.abs(now - lastAccess) < RECENT.toSeconds();
  }

  /** How much a byte of it is worth keeping, to compare titles; the age counts in hours. */
  double worth(long now) {
    double age = Math.max(0, now - lastAccess) / SECONDS_AN_HOUR;
    double size = Math.max(1, Math.max(total, usedBytes));
    return (1 + Math.log1p((double) hits)) * weight() / ((1 + age) * Math.pow(size, 0.3));
  }

  private double weight() {
    double share = total > 0 ? (double) watchedUntil / total : 0;
    if (share > FINISHED) {
      return 0.5;
    }
    return share >= BEGUN ? 2 : 1;
  }
}
