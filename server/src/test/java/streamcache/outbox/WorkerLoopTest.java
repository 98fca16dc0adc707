package streamcache.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WorkerLoopTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final LinkedBlockingQueue<Integer> made = new LinkedBlockingQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  private Duration round() {
    made.add(count.incrementAndGet());
    return DAY;
  }

  private int next() throws InterruptedException {
    Integer round = made.poll(30, TimeUnit.SECONDS);
    assertThat(round).as("a round").isNotNull();
    return round;
  }

  @Test
  void start_makesARound_thenOneForEachWake() throws InterruptedException {
    try (WorkerLoop loop = new WorkerLoop("test", this::round)) {
      loop.start();
      assertThat(next()).isEqualTo(1);
      loop.wake();
      assertThat(next()).isEqualTo(2);
      assertThat(made.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  @Test
  void pause_isOver_makesAnother() throws InterruptedException {
    try (WorkerLoop loop =
        new WorkerLoop(
            "test",
            () -> {
              round();
              return count.get() < 3 ? Duration.ofMillis(1) : DAY;
            })) {
      loop.start();
      assertThat(next() + next() + next()).isEqualTo(6);
    }
  }

  /** A change during a round may have come too late for it. */
  @Test
  void wake_duringARound_makesAnother() throws InterruptedException {
    CountDownLatch woken = new CountDownLatch(1);
    try (WorkerLoop loop =
        new WorkerLoop(
            "test",
            () -> {
              Duration pause = round();
              awaitQuietly(woken);
              return pause;
            })) {
      loop.start();
      assertThat(next()).isEqualTo(1);
      loop.wake();
      woken.countDown();
      assertThat(next()).isEqualTo(2);
    }
  }

  @Test
  void close_neverStarted_isNothing() {
    new WorkerLoop("test", this::round).close();
    assertThat(count.get()).isZero();
  }

  @Test
  void close_endsTheThread() throws InterruptedException {
    WorkerLoop loop = new WorkerLoop("test rounds that end", this::round);
    loop.start();
    next();
    loop.close();
    loop.wake();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("test rounds that end"));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
