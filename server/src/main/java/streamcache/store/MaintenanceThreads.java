package streamcache.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceThreads.class);

  private final ScheduledThreadPoolExecutor clock = thread("store-clock");
  private final ScheduledThreadPoolExecutor keeper = thread("store-keeper");
  private final Set<Generation> unjournaled = ConcurrentHashMap.newKeySet();

  /** Generations whose failure to write the journal has been logged. */
  private final Set<Generation> unable = ConcurrentHashMap.newKeySet();

  private final Set<Generation> unsynced = ConcurrentHashMap.newKeySet();
  private final Set<Generation> checkpointing = ConcurrentHashMap.newKeySet();
  private final Set<Title> changed = ConcurrentHashMap.newKeySet();
  private final Set<Path> superseded = ConcurrentHashMap.newKeySet();

  /** Runs calls of the listener: in order, never with a lock held. */
  Executor publisher() {
    return task -> clock.execute(guarded(task));
  }

  /** Runs work that may wait for the disk. */
  Executor keeper() {
    return task -> keeper.execute(guarded(task));
  }

  /** Starts the periodic work of both threads. */
  void start(StoreParts parts, Runnable keeperTick) {
    long every = Generation.FLUSH_NANOS;
    var _ =
        clock.scheduleWithFixedDelay(
            guarded(() -> tick(parts)), every, every, TimeUnit.NANOSECONDS);
    var _ = keeper.scheduleWithFixedDelay(guarded(keeperTick), 1, 1, TimeUnit.SECONDS);
  }

  /** Notes that {@code generation} has bytes to journal. */
  void written(Generation generation) {
    unjournaled.add(generation);
    unsynced.add(generation);
    changed.add(generation.title());
  }

  /** Titles whose bytes or use changed and are not yet in the index; emptied by the keeper. */
  Set<Title> changed() {
    return changed;
  }

  /** Folders of superseded generations that are not yet deleted; maintained by their media. */
  Set<Path> superseded() {
    return superseded;
  }

  /** Queues a checkpoint for the keeper thread. */
  void checkpointSoon(Generation generation) {
    keeper().execute(() -> checkpoint(generation));
  }

  /** Queues the deletion of a superseded generation whose last reader or writer has left. */
  void retire(Generation generation) {
    keeper().execute(() -> generation.title().retire(generation));
  }

  /** Ends both threads after their queued work, and waits for that. */
  void stop() {
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

  private void tick(StoreParts parts) {
    for (Generation generation : List.copyOf(unjournaled)) {
      unjournaled.remove(generation);
      journal(parts, generation);
    }
    for (Generation generation : List.copyOf(unsynced)) {
      if (isDue(generation) && checkpointing.add(generation)) {
        keeper().execute(() -> checkpoint(generation));
      }
    }
  }

  private void journal(StoreParts parts, Generation generation) {
    generation.presence().queueRuns();
    Generation.Files files = generation.files().orElse(null);
    if (files == null) {
      return;
    }
    try {
      files.journal().flush();
      unable.remove(generation);
    } catch (IOException e) {
      StoreException _ = parts.health().failed(e);
      unjournaled.add(generation);
      if (unable.add(generation)) {
        LOG.warn(
            "event=sidecar-not-written key={} error={}",
            generation.title().key(),
            e.getClass().getSimpleName());
      }
    }
  }

  private boolean isDue(Generation generation) {
    unsynced.remove(generation);
    RangeTracker.Debt debt = generation.presence().debt();
    if (debt.bytes() == 0) {
      return false;
    }
    unsynced.add(generation);
    return debt.bytes() >= CHECKPOINT_BYTES || debt.nanos() >= CHECKPOINT_NANOS;
  }

  private void checkpoint(Generation generation) {
    checkpointing.remove(generation);
    boolean _ = Checkpoint.run(generation);
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
