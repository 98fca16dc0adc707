package streamcache.fill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import streamcache.store.Generation;
import streamcache.testkit.FakeClock;

/** Virtual time that a test advances; due tasks run on the test's thread. */
final class FakeTimer implements Timer {

  /** Virtual time between two checks of what a test waits for. */
  private static final Duration STEP = Duration.ofMillis(50);

  /** Real time in which threads finish what they do at a moment of virtual time. */
  private static final Duration MOMENT = Duration.ofMillis(5);

  private final FakeClock clock = new FakeClock();
  private final List<Task> tasks = new ArrayList<>();

  /**
   * @param at when it is due
   * @param every interval after which it is due again; empty if it runs once
   */
  private record Task(long at, Optional<Duration> every, Runnable what) {}

  @Override
  public long now() {
    return clock.nanoTime();
  }

  /** Checks the virtual time in short intervals of real time until signalled. */
  @Override
  public long await(Condition changed, long nanos) throws InterruptedException {
    long end = now() + nanos;
    boolean isSignalled = false;
    while (!isSignalled && now() - end < 0) {
      isSignalled = changed.await(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    }
    return end - now();
  }

  @Override
  public synchronized void after(Duration time, Runnable task) {
    tasks.add(new Task(now() + time.toNanos(), Optional.empty(), task));
  }

  @Override
  public synchronized void every(Duration time, Runnable task) {
    tasks.add(new Task(now() + time.toNanos(), Optional.of(time), task));
  }

  @Override
  public synchronized void close() {
    tasks.clear();
  }

  /** Lets time pass and runs due tasks in order. */
  void advance(Duration time) {
    long end = now() + time.toNanos();
    for (Task next = due(end); next != null; next = due(end)) {
      clock.advance(Duration.ofNanos(Math.max(0, next.at() - now())));
      Task done = next;
      next.every().ifPresent(every -> every(every, done.what()));
      next.what().run();
    }
    clock.advance(Duration.ofNanos(end - now()));
  }

  private synchronized @Nullable Task due(long end) {
    Task first =
        tasks.stream()
            .filter(task -> task.at() - end <= 0)
            .min(Comparator.comparingLong(task -> task.at() - end))
            .orElse(null);
    tasks.remove(first);
    return first;
  }

  /** Checks whether something has happened; may wait for a few milliseconds of real time. */
  interface Look<T> {
    Optional<T> look() throws InterruptedException;
  }

  /**
   * Lets time pass until something has happened. Other threads get a moment of real time at each
   * step.
   *
   * @return empty if nothing has happened within {@code most}
   */
  <T> Optional<T> await(Look<T> look, Duration most) throws InterruptedException {
    Optional<T> seen = look.look();
    for (long end = now() + most.toNanos(); seen.isEmpty() && now() - end < 0; ) {
      advance(STEP);
      long begun = System.nanoTime();
      seen = look.look();
      if (seen.isEmpty()) {
        LockSupport.parkNanos(MOMENT.toNanos() - (System.nanoTime() - begun));
      }
    }
    return seen;
  }

  /** The same for the next element of a queue. */
  <T> Optional<T> next(BlockingQueue<T> queue, Duration most) throws InterruptedException {
    return await(
        () -> Optional.ofNullable(queue.poll(MOMENT.toMillis(), TimeUnit.MILLISECONDS)), most);
  }

  /** The same for a result computed on another thread. */
  <T> T result(Callable<T> task, Duration most) throws InterruptedException {
    BlockingQueue<FutureTask<T>> done = new LinkedBlockingQueue<>();
    FutureTask<T> future = new FutureTask<>(task);
    Thread.startVirtualThread(() -> {
      future.run();
      done.add(future);
    });
    return next(done, most).orElseThrow().resultNow();
  }

  /** The same for the first known generation of a title. */
  Generation generation(Demand demand, Duration most) throws InterruptedException {
    return result(() -> demand.awaitGeneration(most, () -> false), most).orElseThrow();
  }
}
