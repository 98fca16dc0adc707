package streamcache.durable;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Stops a thread at a step on the disk until the test lets it continue. */
public final class Pause {
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  /** Called by the thread to be stopped. */
  public void here() {
    arrived.countDown();
    await(over);
  }

  /** Waits until a thread is stopped. */
  public void awaitArrival() {
    await(arrived);
  }

  public void end() {
    over.countDown();
  }

  /** Waits until the thread waits for something or has ended. */
  public static void awaitStandstill(Thread thread) {
    awaitTrue(() ->
        switch (thread.getState()) {
          case WAITING, TERMINATED -> true;
          case NEW, RUNNABLE, BLOCKED, TIMED_WAITING -> false;
        });
  }

  private static void awaitTrue(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited too long");
      }
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("waited too long");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
