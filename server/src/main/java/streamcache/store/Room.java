package streamcache.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Room under the limit. A writer asks before it writes and, at the limit, waits a while for the
 * janitor; each connection may be past the limit by one write buffer.
 */
final class Room {

  /** Longest wait of a writer for the janitor; its player lives on what it has buffered. */
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** After a round in vain writers do not wait for another before this. */
  private static final long IN_VAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Between two times that it is told. */
  private static final long TOLD_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final long maxBytes;
  private final Accounts accounts;
  private final StoreTime time;
  private final Runnable listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private long roundsEnded;
  private boolean inVain;
  private long inVainAt;

  /** Before this nobody is told again that the limit refuses bytes. */
  private long toldUntil;

  /** Calls for a round of the janitor; set once before the store is used. */
  private volatile Runnable janitor = () -> {};

  /**
   * @param listener told once in a while that the limit refuses bytes; must not block
   */
  Room(long maxBytes, Accounts accounts, StoreTime time, Runnable listener) {
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

  /**
   * @throws StoreException FULL when no room came free in time; said of this write only
   */
  void ensure(long bytes) throws StoreException {
    if (fits(bytes)) {
      return;
    }
    long called = callForRound();
    if (called < 0 || !awaitRound(called, bytes)) {
      tell();
      throw new StoreException(
          StoreException.Cause.FULL,
          "The cache is at its limit and nothing in it may be given up just now.",
          null);
    }
  }

  /** The janitor is through; writers look again. */
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

  /** How many rounds had ended before; -1 when there is no use in another now. */
  private long callForRound() {
    long before;
    lock.lock();
    try {
      if (inVain && time.nanos() - inVainAt < IN_VAIN_NANOS) {
        return -1;
      }
      before = roundsEnded;
    } finally {
      lock.unlock();
    }
    janitor.run();
    return before;
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

  private boolean awaitRound(long before, long bytes) {
    long left = WAIT_NANOS;
    boolean interrupted = false;
    lock.lock();
    try {
      while (!fits(bytes) && roundsEnded == before && left > 0) {
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
