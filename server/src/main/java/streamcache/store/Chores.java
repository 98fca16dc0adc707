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
 * What the store does by itself. The clock thread journals what writers left over and publishes;
 * the keeper thread does all that waits for a disk to sync: checkpoints, completion, deletion.
 * Owned by the store.
 */
final class Chores {

  /** A checkpoint is due after this many bytes... */
  static final long CHECKPOINT_BYTES = 256L << 20;

  /** ...or this long after the first byte that a power cut would take. */
  static final long CHECKPOINT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  private final ScheduledThreadPoolExecutor clock = thread("store-clock");
  private final ScheduledThreadPoolExecutor keeper = thread("store-keeper");
  private final Set<Generation> unjournaled = ConcurrentHashMap.newKeySet();

  /** Those of which the log has been told that their journal cannot catch up. */
  private final Set<Generation> unable = ConcurrentHashMap.newKeySet();

  private final Set<Generation> unsynced = ConcurrentHashMap.newKeySet();
  private final Set<Generation> checkpointing = ConcurrentHashMap.newKeySet();
  private final Set<Title> changed = ConcurrentHashMap.newKeySet();
  private final Set<Path> superseded = ConcurrentHashMap.newKeySet();

  /** Where the listener is called: in order, never with a lock held. */
  Executor publisher() {
    return task -> clock.execute(guarded(task));
  }

  /** Where anything is done that may wait for the disk. */
  Executor keeper() {
    return task -> keeper.execute(guarded(task));
  }

  /** Begins to tick. */
  void start(StoreParts parts, Runnable keeperTick) {
    long every = Generation.FLUSH_NANOS;
    var _ =
        clock.scheduleWithFixedDelay(
            guarded(() -> tick(parts)), every, every, TimeUnit.NANOSECONDS);
    var _ = keeper.scheduleWithFixedDelay(guarded(keeperTick), 1, 1, TimeUnit.SECONDS);
  }

  /** The journal of {@code generation} has to catch up. */
  void written(Generation generation) {
    unjournaled.add(generation);
    unsynced.add(generation);
    changed.add(generation.title());
  }

  /** Titles whose bytes or use the index does not know yet; emptied by the keeper. */
  Set<Title> changed() {
    return changed;
  }

  /** Folders of generations that were superseded and are not yet deleted, kept by their media. */
  Set<Path> superseded() {
    return superseded;
  }

  /** A checkpoint as soon as the keeper has time for it. */
  void checkpointSoon(Generation generation) {
    keeper().execute(() -> checkpoint(generation));
  }

  /** The last reader of a generation that was superseded has left. */
  void retire(Generation generation) {
    keeper().execute(() -> generation.title().retire(generation));
  }

  /** Ends both threads after what they are at. */
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
      } catch (RuntimeException e) {
        // Thrown on, it would end all ticks to come.
        LOG.error("event=store-chore-failed", e);
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
    Presence.Debt debt = generation.presence().debt();
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
