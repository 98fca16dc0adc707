package streamcache.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the use of an open title, for eviction. Any thread may update it; the keeper transfers the
 * counts to the index.
 */
final class UseMeter {

  /** A title opened again after this pause, in milliseconds, counts as another playback. */
  private static final long REST = 600_000;

  /** A reader of fewer bytes looks for the container index and watches nothing. */
  private static final long WATCHED_AT_LEAST = 8L << 20;

  private final AtomicLong lastAccess = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong watchedUntil = new AtomicLong();

  /** Records that a reader opened at {@code now}, epoch milliseconds. */
  void opened(long now) {
    long before = lastAccess.getAndSet(now);
    if (now - before > REST) {
      hits.incrementAndGet();
    }
  }

  /**
   * Records that a reader that went from one offset to another left at {@code now}, epoch
   * milliseconds.
   */
  void left(long from, long to, long now) {
    lastAccess.set(now);
    if (to - from >= WATCHED_AT_LEAST) {
      watchedUntil.accumulateAndGet(to, Math::max);
    }
  }

  /** Epoch milliseconds; the index counts in seconds. */
  long lastAccess() {
    return lastAccess.get();
  }

  /** Returns the playbacks counted since the last call and resets the count. */
  long takeHits() {
    return hits.getAndSet(0);
  }

  /** The playbacks counted since the last {@link #takeHits}. */
  long hits() {
    return hits.get();
  }

  long watchedUntil() {
    return watchedUntil.get();
  }
}
