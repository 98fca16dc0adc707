package streamcache.store;

import java.util.concurrent.atomic.AtomicInteger;
import streamcache.durable.ReopeningFile;

/**
 * A chunk file that is open for writing. Writers hold it for one write; the keeper closes it when
 * all of it is synced and no writer holds it.
 */
final class Chunk {
  private static final int SHUT = Integer.MIN_VALUE;

  private final ReopeningFile file;
  private final AtomicInteger holds = new AtomicInteger();
  private volatile boolean dirty;

  Chunk(ReopeningFile file) {
    this.file = file;
  }

  ReopeningFile file() {
    return file;
  }

  /** Takes a hold for one write, unless the chunk is being closed. */
  boolean hold() {
    return holds.getAndUpdate(now -> now == SHUT ? now : now + 1) != SHUT;
  }

  /** Releases a hold after a write. */
  void release() {
    dirty = true;
    holds.decrementAndGet();
  }

  /** Called before a sync; writes that end later need another one. */
  void clean() {
    dirty = false;
  }

  /**
   * Refuses writers from now on, if nothing is left to sync and there is no writer; returns whether
   * it does.
   */
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

  /** Refuses writers from now on; returns false if there is a writer. */
  boolean shut() {
    return holds.compareAndSet(0, SHUT);
  }
}
