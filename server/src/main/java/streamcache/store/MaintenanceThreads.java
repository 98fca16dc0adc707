package streamcache.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.TitleKey;

/**
 * The background threads of the store. The clock thread journals what writers have not journaled
 * and calls the listener; the keeper thread does everything that waits for a disk sync:
 * checkpoints, completion, deletion. Owned by the store.
 */
final class MaintenanceThreads {

  /** A checkpoint is due after this many unsynced bytes. */
  static final long CHECKPOINT_BYTES = 256L << 20;

  /** A checkpoint is also due this long after the first unsynced byte. */
  static final long CHECKPOINT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Written bytes are journaled at least this often. */
  static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /**
   * The most tasks of the keeper that a new generation does not wait for. A complete title keeps
   * three files open until the keeper has synced it: without a bound, titles that are complete
   * faster than the disk syncs use up the open files of the process, and then no title can be read.
   */
  static final int MOST_WAITING = 256;

  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceThreads.class);

  private final ScheduledThreadPoolExecutor clock = thread("store-clock");
  private final ScheduledThreadPoolExecutor keeper = thread("store-keeper");

  /** Whether a tick of the clock is due or runs. */
  private final AtomicBoolean isAwake = new AtomicBoolean();

  /** The clock's next tick, which a stop does not wait for. */
  private volatile Future<?> next = CompletableFuture.completedFuture(null);

  private final Set<Maintained> unjournaled = ConcurrentHashMap.newKeySet();

  /** Generations whose failure to write the journal has been logged. */
  private final Set<Maintained> unable = ConcurrentHashMap.newKeySet();

  private final Set<Maintained> unsynced = ConcurrentHashMap.newKeySet();
  private final Set<Maintained> checkpointing = ConcurrentHashMap.newKeySet();
  private final Set<TitleKey> changed = ConcurrentHashMap.newKeySet();
  private final Set<Path> superseded = ConcurrentHashMap.newKeySet();

  /** Runs calls of the listener: in order, never with a lock held. */
  Executor publisher() {
    return task -> clock.execute(guarded(task));
  }

  /** Runs work that may wait for the disk. */
  Executor keeper() {
    return task -> keeper.execute(guarded(task));
  }

  /** Starts the periodic work of the keeper. */
  void start(Runnable keeperTick) {
    var _ = keeper.scheduleWithFixedDelay(guarded(keeperTick), 1, 1, TimeUnit.SECONDS);
  }

  /** Notes that {@code generation} has bytes to journal. */
  void written(Maintained generation) {
    unjournaled.add(generation);
    unsynced.add(generation);
    changed.add(generation.key());
    wake();
  }

  /** The clock rests while nothing is written. */
  private void wake() {
    if (!isAwake.get() && isAwake.compareAndSet(false, true)) {
      next = clock.schedule(guarded(this::tick), FLUSH_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  /** Open titles whose bytes or use changed and are not yet in the index; emptied by the keeper. */
  Set<TitleKey> changed() {
    return changed;
  }

  /** Folders of superseded generations that are not yet deleted; maintained by their media. */
  Set<Path> superseded() {
    return superseded;
  }

  /** Queues a checkpoint for the keeper thread. */
  void checkpointSoon(Maintained generation) {
    keeper().execute(() -> checkpoint(generation));
  }

  /** Waits for the disk while the keeper has too many tasks; not to be called on the keeper. */
  void catchUp() {
    boolean interrupted = false;
    while (keeper.getQueue().size() > MOST_WAITING && !keeper.isShutdown()) {
      CountDownLatch reached = new CountDownLatch(1);
      keeper.execute(reached::countDown);
      try {
        // Bounded, since a keeper that is shut down meanwhile discards the task.
        boolean _ = reached.await(1, TimeUnit.SECONDS);
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends both threads after their queued work, and waits for that. */
  void stop() {
    boolean _ = next.cancel(/* mayInterruptIfRunning= */ false);
    clock.shutdown();
    keeper.shutdown();
    boolean interrupted = false;
    while (!(clock.isTerminated() && keeper.isTerminated())) {
      try {
        boolean _ = clock.awaitTermination(1, TimeUnit.MINUTES);
        boolean _ = keeper.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Runnable guarded(Runnable tick) {
    return () -> {
      try {
        tick.run();
      } catch (RuntimeException | Error e) {
        // Rethrown, it would cancel a periodic task.
        LOG.error("event=store-maintenance-failed", e);
      }
    };
  }

  private void tick() {
    try {
      journalAndCheckpoint();
    } finally {
      isAwake.set(false);
      // Asked after the flag is down: a writer that still saw it up has added its generation.
      if (!unjournaled.isEmpty() || !unsynced.isEmpty()) {
        wake();
      }
    }
  }

  private void journalAndCheckpoint() {
    for (Maintained generation : List.copyOf(unjournaled)) {
      unjournaled.remove(generation);
      journal(generation);
    }
    for (Maintained generation : List.copyOf(unsynced)) {
      if (isDue(generation) && checkpointing.add(generation)) {
        keeper().execute(() -> checkpoint(generation));
      }
    }
  }

  private void journal(Maintained generation) {
    try {
      generation.journal();
      unable.remove(generation);
    } catch (IOException e) {
      unjournaled.add(generation);
      if (unable.add(generation)) {
        LOG.warn(
            "event=sidecar-not-written key={} error={}",
            generation.key(),
            e.getClass().getSimpleName());
      }
    }
  }

  private boolean isDue(Maintained generation) {
    unsynced.remove(generation);
    RangeTracker.Debt debt = generation.debt();
    if (debt.bytes() == 0) {
      return false;
    }
    unsynced.add(generation);
    return debt.bytes() >= CHECKPOINT_BYTES || debt.nanos() >= CHECKPOINT_NANOS;
  }

  private void checkpoint(Maintained generation) {
    checkpointing.remove(generation);
    generation.checkpoint();
  }

  private static ScheduledThreadPoolExecutor thread(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name(name).daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(true);
    return executor;
  }
}
