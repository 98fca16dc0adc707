package streamcache.store;

import java.time.Duration;
import streamcache.link.TitleKey;

/**
 * What the index knows of a title without opening it; an immutable value, for any thread.
 *
 * @param key the title's key
 * @param usedBytes what its present bytes take on disk, in bytes of whole 4 KiB blocks
 * @param total total length in bytes; -1 while unknown
 * @param lastAccess when it was last read, in epoch seconds
 * @param hits number of playbacks
 * @param watchedUntil offset after the furthest byte that a player has taken
 * @param complete whether every byte is present
 * @param pinned never evicted: its file has a second name
 * @param label its name and host, if already read
 */
public record TitleUse(
    TitleKey key,
    long usedBytes,
    long total,
    long lastAccess,
    long hits,
    long watchedUntil,
    boolean complete,
    boolean pinned,
    TitleLabel label) {

  static final long UNKNOWN_TOTAL = -1;

  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final double SECONDS_AN_HOUR = 3600;

  /** Below this share of the film it was only sampled; above the other share it is finished. */
  private static final double BEGUN = 0.05;

  private static final double FINISHED = 0.95;

  /** A title whose name has not been read. */
  public TitleUse(
      TitleKey key,
      long usedBytes,
      long total,
      long lastAccess,
      long hits,
      long watchedUntil,
      boolean complete,
      boolean pinned) {
    this(
        key,
        usedBytes,
        total,
        lastAccess,
        hits,
        watchedUntil,
        complete,
        pinned,
        TitleLabel.UNKNOWN);
  }

  /**
   * Whether it was read in the last 10 minutes, so that its viewer may come back: such a title is
   * evicted last. A time in the far future, left by a wrong clock, does not favor a title forever.
   */
  boolean isRecent(long now) {
    return Math.abs(now - lastAccess) < RECENT.toSeconds();
  }

  /** The same title, never evicted. */
  TitleUse kept() {
    return new TitleUse(
        key, usedBytes, total, lastAccess, hits, watchedUntil, complete, /* pinned= */ true, label);
  }

  /** The same title under this name. */
  public TitleUse labeled(TitleLabel as) {
    return new TitleUse(
        key, usedBytes, total, lastAccess, hits, watchedUntil, complete, pinned, as);
  }

  /** The value of keeping a byte of the title, to compare titles; the age counts in hours. */
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
