package streamcache.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Those who wait for bytes of one generation, playbacks on virtual threads for the most part. A
 * waiter notes the number of the last event, looks whether it has what it wants, and sleeps until
 * another event: nothing that happens in between is missed.
 */
final class Waiters {
  private final StoreTime time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition happened = lock.newCondition();

  /** Written under the lock. */
  private volatile long events;

  private volatile long lastProgress;

  Waiters(StoreTime time) {
    this.time = time;
    this.lastProgress = time.nanos();
  }

  long events() {
    return events;
  }

  /** Bytes were written. */
  void progress() {
    lastProgress = time.nanos();
    tell();
  }

  /** Something else happened that a waiter should look at. */
  void tell() {
    lock.lock();
    try {
      long next = events + 1;
      events = next;
      happened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sleeps until there is an event behind {@code seen}.
   *
   * @param since when the waiter came
   * @param idleNanos longest time without progress
   * @return whether there was an event; false: no byte for too long
   */
  boolean await(long seen, long since, long idleNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (events == seen) {
        long now = time.nanos();
        long still = Math.min(now - since, now - lastProgress);
        if (still >= idleNanos) {
          return false;
        }
        boolean _ = happened.await(idleNanos - still, TimeUnit.NANOSECONDS);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
