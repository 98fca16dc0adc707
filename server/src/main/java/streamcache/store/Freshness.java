package streamcache.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When the provider was last known to have the file of a generation, and when to check next. The
 * former survives a restart, the latter does not. Owned by its generation; any thread, no lock.
 */
public final class Freshness {

  /** The due time while a check is in progress, so that no other check begins. */
  private static final long ASKING = Long.MAX_VALUE;

  /** Epoch seconds. */
  private volatile long confirmed;

  /** Whether bytes of the file come from another node, which may have had them for long. */
  private volatile boolean isCopied;

  /** Epoch milliseconds; 0 until computed. */
  private final AtomicLong due = new AtomicLong();

  /** When the provider was last asked, in epoch milliseconds. */
  private volatile long asked;

  Freshness(long confirmed) {
    this.confirmed = confirmed;
  }

  /**
   * When the provider was last known to have this file, in epoch seconds: when it was completed or
   * checked.
   */
  public long confirmed() {
    return confirmed;
  }

  /** Whether a check may be due. Called for every request; costs one volatile read. */
  public boolean isDue(long nowMillis) {
    return nowMillis >= due.get();
  }

  /**
   * Claims the next check; a caller that gets it must call {@link #end}.
   *
   * @param pause minimum time since the provider was last asked
   * @return false if another check is in progress or {@code pause} has not elapsed
   */
  public boolean begin(long nowMillis, Duration pause) {
    long seen = due.get();
    boolean mayBegin = seen != ASKING && nowMillis - asked >= pause.toMillis();
    return mayBegin && due.compareAndSet(seen, ASKING);
  }

  /** Records that the provider is being asked now. */
  public void asks(long nowMillis) {
    asked = nowMillis;
  }

  /**
   * Postpones the next check to {@code nextMillis}, epoch milliseconds, unless one is in progress.
   */
  public void rest(long nextMillis) {
    long seen = due.get();
    if (seen != ASKING) {
      boolean _ = due.compareAndSet(seen, nextMillis);
    }
  }

  /** Ends the check; the next one is due at {@code nextMillis}, epoch milliseconds. */
  public void end(long nextMillis) {
    due.set(nextMillis);
  }

  /**
   * The file is taken from another node: that it is complete does not show what the provider has.
   */
  void copied() {
    isCopied = true;
  }

  /** The last byte has just arrived: unless it may be another node's, the provider has the file. */
  void completed(long epochSeconds) {
    if (!isCopied) {
      confirmed = epochSeconds;
    }
  }

  void confirm(long epochSeconds) {
    confirmed = epochSeconds;
  }
}
