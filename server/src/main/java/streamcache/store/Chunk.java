package streamcache.store;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A chunk file that is open for writing. Writers hold it for one write; the keeper closes it when
 * all of it is synced and nobody holds it.
 */
final class Chunk {
  private static final int SHUT = Integer.MIN_VALUE;

  private final SteadyFile file;
  private final AtomicInteger holds = new AtomicInteger();
  private volatile boolean dirty;

  Chunk(SteadyFile file) {
    this.file = file;
  }

  SteadyFile file() {
    return file;
  }

  /** One more writer, unless it is being closed. */
  boolean hold() {
    return holds.getAndUpdate(now -> now == SHUT ? now : now + 1) != SHUT;
  }

  /** The writer is through. */
  void release() {
    dirty = true;
    holds.decrementAndGet();
  }

  /** A sync begins; whoever is through after this needs another. */
  void clean() {
    dirty = false;
  }

  /** Whether there is nothing to sync and nobody at work; refuses writers from then on. */
  boolean shutIfClean() {
    if (!shut()) {
      return false;
    }
    if (dirty) {
      holds.set(0);
      return false;
    }
    return true;
  }

  /** Refuses writers from now on; false when there is one. */
  boolean shut() {
    return holds.compareAndSet(0, SHUT);
  }
}
