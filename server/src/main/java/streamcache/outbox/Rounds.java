package streamcache.outbox;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread of its own that does what there is to do, and then waits until something comes or its
 * time is over. Owned by one outbox.
 */
public final class Rounds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("streamcache");

  /** After a round that failed by a bug of ours. */
  private static final Duration AFTER_BUG = Duration.ofMinutes(1);

  /** How long a round under way may take to end when the process stops. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Supplier<Duration> round;
  private final Thread thread;
  private boolean isWanted = true;
  private boolean isStopping;

  /**
   * @param name of the thread
   * @param round does all there is to do; returns when to look again if nothing wakes it
   */
  public Rounds(String name, Supplier<Duration> round) {
    this.round = round;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** There is something to do. Any thread; never blocks for long. */
  public void wake() {
    lock.lock();
    try {
      isWanted = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the round under way end, within a few seconds, and makes none any more. */
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
      LOG.error("a round of {} failed", thread.getName(), bug);
      return AFTER_BUG;
    }
  }

  /** Whether there is to be another round. */
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
