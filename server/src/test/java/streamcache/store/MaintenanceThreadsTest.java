package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamcache.link.TitleKey;

final class MaintenanceThreadsTest {

  private final MaintenanceThreads threads = new MaintenanceThreads();
  private final Written generation = new Written();

  /** A generation that notes when it is journaled, and fails at first if it is to. */
  private static final class Written implements Maintained {
    private final BlockingQueue<Integer> journaled = new LinkedBlockingQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private int times;

    @Override
    public TitleKey key() {
      return StoreRig.KEY;
    }

    @Override
    public RangeTracker.Debt debt() {
      return new RangeTracker.Debt(0, 0);
    }

    @Override
    public void journal() throws IOException {
      journaled.add(++times);
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IOException("no space left");
      }
    }

    @Override
    public void checkpoint() {}

    /** Waits for the next call; null if there is none. */
    private Integer next() throws InterruptedException {
      return journaled.poll(20, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void stop() {
    threads.stop();
  }

  @Test
  void written_afterARest_isJournaledAgain() throws InterruptedException {
    threads.written(generation);
    generation.next();
    threads.written(generation);

    assertThat(generation.next()).isEqualTo(2);
  }

  @Test
  void written_journalFails_isJournaledAgain() throws InterruptedException {
    generation.failures.set(2);
    threads.written(generation);

    assertThat(generation.next()).isEqualTo(1);
    assertThat(generation.next()).isEqualTo(2);
    assertThat(generation.next()).isEqualTo(3);
  }

  /** Titles that were complete faster than the disk synced them used up all open files. */
  @Test
  void catchUp_keeperIsFarBehind_waitsForIt() throws InterruptedException {
    Semaphore disk = blockedKeeper();
    AtomicInteger synced = new AtomicInteger();
    fillQueue(synced::incrementAndGet);
    AtomicInteger seen = new AtomicInteger();
    Thread title =
        Thread.ofPlatform()
            .start(() -> {
              threads.catchUp();
              seen.set(synced.get());
            });
    waitsOrEnds(title);
    disk.release();
    title.join();

    assertThat(seen.get()).isEqualTo(MaintenanceThreads.MOST_WAITING + 1);
  }

  @Test
  void catchUp_keeperIsShutDown_returns() throws Exception {
    Semaphore disk = blockedKeeper();
    fillQueue(() -> {});
    Thread stop = Thread.ofPlatform().start(threads::stop);
    waitsOrEnds(stop);

    CompletableFuture.runAsync(threads::catchUp).get(20, TimeUnit.SECONDS);

    assertThat(stop.isAlive()).isTrue();
    disk.release();
  }

  /** The keeper waits until the returned semaphore is released. */
  private Semaphore blockedKeeper() {
    Semaphore disk = new Semaphore(0);
    threads.keeper().execute(disk::acquireUninterruptibly);
    return disk;
  }

  private void fillQueue(Runnable task) {
    for (int queued = 0; queued <= MaintenanceThreads.MOST_WAITING; queued++) {
      threads.keeper().execute(task);
    }
  }

  private static void waitsOrEnds(Thread thread) {
    while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
  }
}
