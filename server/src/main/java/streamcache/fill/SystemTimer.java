package streamcache.fill;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Real time; tasks run on one thread. */
final class SystemTimer implements Timer {

  /**
   * Discards tasks after {@link #close}: a connection that ends then has nothing left to decide.
   */
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("scheduler tick").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // The caller loops on its own condition.
  public long await(Condition changed, long nanos) throws InterruptedException {
    return changed.awaitNanos(nanos);
  }

  @Override
  public void after(Duration time, Runnable task) {
    var _ = thread.schedule(task, time.toNanos() + 1, TimeUnit.NANOSECONDS);
  }

  @Override
  public void every(Duration time, Runnable task) {
    var _ =
        thread.scheduleWithFixedDelay(task, time.toNanos(), time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
