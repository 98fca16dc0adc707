package streamcache.outbox;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that runs a round of work, then waits until it is woken or the returned time is over.
 * Owned by one outbox.
 */
final class WorkerLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("streamcache");

  /** The pause after a round that failed because of a bug. */
  private static final Duration AFTER_BUG = Duration.ofMinutes(1);

  /** How long the current round may take to finish when the process stops. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Supplier<Duration> round;
  private final Thread thread;
  private boolean isWanted = true;
  private boolean isStopping;

  /**
   * @param name the name of the thread
   * @param round does all the work there is; returns how long to wait if nothing wakes the thread
   */
  WorkerLoop(String name, Supplier<Duration> round) {
    this.round = round;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Signals that there is work. Any thread; never blocks for long. */
  void wake() {
    lock.lock();
    try {
      isWanted = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the current round finish, within a few seconds, and starts no more. */
  @Override
  public void close() {
    lock.lock();
    try {
      isStopping = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      var _ = thread.getState() == Thread.State.NEW || thread.join(STOP_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = Duration.ZERO;
    while (await(pause)) {
      pause = makeRound();
    }
  }

  private Duration makeRound() {
    try {
      return round.get();
    } catch (RuntimeException bug) {
      LOG.error("a run of the {} thread failed", thread.getName(), bug);
      return AFTER_BUG;
    }
  }

  /** Waits for the next round; returns false if the loop is to stop. */
  private boolean await(Duration most) {
    long left = most.toNanos();
    lock.lock();
    try {
      while (!isWanted && !isStopping && left > 0) {
        left = changed.awaitNanos(left);
      }
      isWanted = false;
      return !isStopping;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
