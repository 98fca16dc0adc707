package streamcache.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads that wait for bytes of one generation, mostly virtual threads of playbacks. A waiter
 * reads the number of the last event, checks its condition, and sleeps until a later event, so that
 * no event in between is missed.
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

  /** Signals that bytes were written. */
  void progress() {
    lastProgress = time.nanos();
    tell();
  }

  /** Signals any other event that waiters should check. */
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
   * Sleeps until there is an event later than {@code seen}.
   *
   * @param since when the wait began
   * @param idleNanos longest time without progress
   * @return true after an event; false if no byte was written for {@code idleNanos}
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
