package streamcache.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how an open title is used, for eviction: any thread tells it, the keeper takes the counts
 * over into the index.
 */
final class UseMeter {

  /** A title taken up again after this rest counts as another playback, in seconds. */
  private static final long REST = 600;

  /** Who reads less than this looks for the container's index and watches nothing. */
  private static final long WATCHED_AT_LEAST = 8L << 20;

  private final AtomicLong lastAccess = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong watchedUntil = new AtomicLong();

  /** A reader came at {@code now}, epoch seconds. */
  void opened(long now) {
    long before = lastAccess.getAndSet(now);
    if (now - before > REST) {
      hits.incrementAndGet();
    }
  }

  /** A reader went from one offset to another. */
  void read(long from, long to) {
    if (to - from >= WATCHED_AT_LEAST) {
      watchedUntil.accumulateAndGet(to, Math::max);
    }
  }

  long lastAccess() {
    return lastAccess.get();
  }

  /** Takes the playbacks counted since the last call. */
  long takeHits() {
    return hits.getAndSet(0);
  }

  long watchedUntil() {
    return watchedUntil.get();
  }
}
