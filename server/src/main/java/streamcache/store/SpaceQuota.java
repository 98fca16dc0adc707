package streamcache.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The space left under the limit. A writer asks before it writes and, at the limit, waits a limited
 * time for the janitor. Each connection may exceed the limit by one write buffer.
 */
final class SpaceQuota {

  /** Longest wait of a writer for the janitor; its player uses its own buffer meanwhile. */
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** After a round that freed too little, writers do not wait for another one for this long. */
  private static final long IN_VAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Minimum time between two calls of the listener. */
  private static final long TOLD_NANOS = TimeUnit.MINUTES.toNanos(10);

  private volatile long maxBytes;
  private final Accounts accounts;
  private final StoreTime time;
  private final Runnable listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private long roundsBegun;
  private long roundsEnded;

  /** The most that a writer has asked for since the last round began. */
  private long asked;

  /** The same for the running round, which has to make that room. */
  private long due;

  private boolean inVain;
  private long inVainAt;

  /** Before this time the listener is not told again that the limit refuses bytes. */
  private long toldUntil;

  /** Requests a round of the janitor; set once before the store is used. */
  private volatile Runnable janitor = () -> {};

  /**
   * @param listener told at most every 10 minutes that the limit refuses bytes; must not block
   */
  SpaceQuota(long maxBytes, Accounts accounts, StoreTime time, Runnable listener) {
    this.maxBytes = maxBytes;
    this.accounts = accounts;
    this.time = time;
    this.listener = listener;
    this.toldUntil = time.nanos();
  }

  void call(Runnable janitor) {
    this.janitor = janitor;
  }

  long maxBytes() {
    return maxBytes;
  }

  /** Another limit applies from now on; the janitor brings the store down to a lower one. */
  void limit(long bytes) {
    maxBytes = bytes;
  }

  /**
   * @throws StoreException FULL if no space was freed in time; applies to this write only
   */
  void ensure(long bytes) throws StoreException {
    if (fits(bytes)) {
      return;
    }
    long called = bytes > maxBytes ? -1 : callForRound(bytes);
    if (called < 0 || !awaitRound(called, bytes)) {
      tell();
      throw new StoreException(
          StoreException.Cause.FULL,
          "The cache is at its limit, and nothing in it can be evicted now.",
          null);
    }
  }

  /** The janitor begins a round; rounds do not overlap. */
  void roundBegins() {
    lock.lock();
    try {
      roundsBegun++;
      due = asked;
      asked = 0;
    } finally {
      lock.unlock();
    }
  }

  /** How much room the running round has to make under the limit; for the janitor. */
  long due() {
    lock.lock();
    try {
      return due;
    } finally {
      lock.unlock();
    }
  }

  /** The janitor has ended a round; waiting writers check again. */
  void roundEnded() {
    lock.lock();
    try {
      roundsEnded++;
      inVain = accounts.used() >= maxBytes;
      inVainAt = time.nanos();
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Requests a round to wait for: a round that is already running may have checked too early.
   *
   * @return its number; -1 if another round would free nothing now
   */
  private long callForRound(long bytes) {
    long called;
    lock.lock();
    try {
      if (inVain && time.nanos() - inVainAt < IN_VAIN_NANOS) {
        return -1;
      }
      called = roundsBegun + 1;
      asked = Math.max(asked, bytes);
    } finally {
      lock.unlock();
    }
    janitor.run();
    return called;
  }

  private void tell() {
    lock.lock();
    try {
      if (time.nanos() - toldUntil < 0) {
        return;
      }
      toldUntil = time.nanos() + TOLD_NANOS;
    } finally {
      lock.unlock();
    }
    listener.run();
  }

  private boolean awaitRound(long called, long bytes) {
    long left = WAIT_NANOS;
    boolean interrupted = false;
    lock.lock();
    try {
      while (!fits(bytes) && roundsEnded < called && left > 0) {
        try {
          left = ended.awaitNanos(left);
        } catch (InterruptedException _) {
          interrupted = true;
          break;
        }
      }
      return fits(bytes);
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean fits(long bytes) {
    return accounts.used() + bytes <= maxBytes;
  }
}
