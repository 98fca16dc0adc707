package streamcache.fill;

import java.time.Duration;
import java.util.concurrent.locks.Condition;

/** Monotonic time, and delayed tasks. Any thread. */
interface Timer extends AutoCloseable {

  /** Nanoseconds; only differences are meaningful. */
  long now();

  /**
   * Parks until the condition is signalled or the time has passed. The condition's lock is held by
   * the caller.
   *
   * @return nanoseconds left; zero or negative when the time has passed
   */
  long await(Condition changed, long nanos) throws InterruptedException;

  /** Runs the task once, not before the time has passed. What it throws is lost. */
  void after(Duration time, Runnable task);

  /** Runs the task repeatedly, with a pause of {@code time} in between. It must not throw. */
  void every(Duration time, Runnable task);

  /** No task is run any more; tasks submitted later are dropped. */
  @Override
  void close();
}
