package streamcache.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import streamcache.durable.Disk;
import streamcache.event.Event;

/**
 * Tracks whether writes succeed. A full disk affects every write; any other failure may concern one
 * file only, so the keeper writes a file of its own before all titles stop using the store. While
 * in trouble, one write a second is let through as a trial, a writer's or the keeper's own. Tells
 * the listener once of each change, in order, on the store's clock thread.
 */
final class StoreHealth {

  /** Time between two trial writes while in trouble. */
  private static final long TRY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** After a successful probe, a new failure is not probed for this long. */
  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** With fewer bytes than this left, an error with an unknown message counts as a full disk. */
  private static final long NEXT_TO_NOTHING = 1L << 20;

  private static final int PROBE_BYTES = 1 << 20;

  private record Trouble(StoreException.Cause kind, String sentence) {}

  private final Disk disk;
  private final Layout layout;
  private final StoreTime time;
  private final Consumer<Event> events;
  private final Executor publisher;
  private final Executor keeper;

  /** Guards the fields below. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile @Nullable Trouble trouble;
  private boolean suspected;
  private long lastTry;
  private long trustedUntil;

  StoreHealth(
      Disk disk,
      Layout layout,
      StoreTime time,
      Consumer<Event> events,
      MaintenanceThreads threads) {
    this.disk = disk;
    this.layout = layout;
    this.time = time;
    this.events = events;
    this.publisher = threads.publisher();
    this.keeper = threads.keeper();
    this.trustedUntil = time.nanos();
  }

  boolean isWell() {
    return trouble == null;
  }

  /** Whether the trouble is a full disk. */
  boolean isFull() {
    Trouble now = trouble;
    return now != null && now.kind() == StoreException.Cause.FULL;
  }

  /**
   * Writes a small file while in trouble or suspected of it, so that the store recovers without a
   * player. Recreates folders that were deleted under the running server. On the keeper thread.
   */
  void probe() {
    if (!isToBeProbed()) {
      return;
    }
    Path file = layout.trash().resolve(".probe-" + GenerationId.random());
    try {
      for (Path folder : layout.folders()) {
        Files.createDirectories(folder);
      }
      try (FileChannel channel = disk.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
        disk.write(channel, ByteBuffer.allocate(PROBE_BYTES), 0);
        disk.sync(channel);
      } finally {
        disk.delete(file);
      }
      trust();
      succeeded();
    } catch (IOException e) {
      begin(trouble(e));
    }
  }

  /** Lets a write pass, or throws the current trouble. */
  void gate() throws StoreException {
    Trouble now = trouble;
    if (now != null && !mayTry()) {
      throw new StoreException(now.kind(), now.sentence(), null);
    }
  }

  /** Records a failed write; returns the exception for its caller. */
  StoreException failed(IOException cause) {
    if (cause instanceof StoreException ours) {
      return ours;
    }
    Trouble fresh = trouble(cause);
    if (fresh.kind() == StoreException.Cause.FULL) {
      begin(fresh);
    } else {
      suspect();
    }
    return new StoreException(fresh.kind(), fresh.sentence(), cause);
  }

  /** Records a successful write. */
  void succeeded() {
    if (trouble == null) {
      return;
    }
    lock.lock();
    try {
      if (trouble != null) {
        trouble = null;
        publisher.execute(() -> events.accept(new StoreEvent.Recovered()));
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean mayTry() {
    lock.lock();
    try {
      return isTurn();
    } finally {
      lock.unlock();
    }
  }

  private boolean isTurn() {
    long now = time.nanos();
    if (now - lastTry < TRY_EVERY_NANOS) {
      return false;
    }
    lastTry = now;
    return true;
  }

  private boolean isToBeProbed() {
    lock.lock();
    try {
      return trouble != null ? isTurn() : suspected && time.nanos() - trustedUntil >= 0;
    } finally {
      lock.unlock();
    }
  }

  private void suspect() {
    lock.lock();
    try {
      if (suspected || trouble != null) {
        return;
      }
      suspected = true;
    } finally {
      lock.unlock();
    }
    keeper.execute(this::probe);
  }

  private void trust() {
    lock.lock();
    try {
      suspected = false;
      trustedUntil = time.nanos() + TRUSTED_NANOS;
    } finally {
      lock.unlock();
    }
  }

  private void begin(Trouble fresh) {
    lock.lock();
    try {
      suspected = false;
      if (trouble == null) {
        lastTry = time.nanos();
        trouble = fresh;
        StoreEvent failed = new StoreEvent.Failed(fresh.kind(), fresh.sentence());
        publisher.execute(() -> events.accept(failed));
      }
    } finally {
      lock.unlock();
    }
  }

  private Trouble trouble(IOException cause) {
    return new Trouble(kind(cause), sentence(kind(cause), cause));
  }

  private StoreException.Cause kind(IOException cause) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return StoreException.Cause.FULL;
    }
    if (text.contains("read-only file system") || cause instanceof AccessDeniedException) {
      return StoreException.Cause.READ_ONLY;
    }
    // The messages above are the system's and may be in another language.
    return layout.root().toFile().getUsableSpace() < NEXT_TO_NOTHING
        ? StoreException.Cause.FULL
        : StoreException.Cause.BROKEN;
  }

  private static String sentence(StoreException.Cause kind, IOException cause) {
    return switch (kind) {
      case FULL -> "The disk of the cache folder is full; playback continues without the cache.";
      case READ_ONLY ->
          "The cache folder cannot be written; playback continues without the cache. Check whether"
              + " it is mounted read-only or owned by another user.";
      case BROKEN, IN_USE, TOO_NEW, NOT_OURS, UNUSABLE ->
          "Writing to the cache folder failed ("
              + cause.getClass().getSimpleName()
              + "); playback continues without the cache. Check the system log for disk errors.";
    };
  }
}
