package streamcache.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whether writes succeed at present. In trouble only one write a second is let through to try; the
 * keeper tries as well. Tells the listener once of each change, in order, on the store's clock
 * thread.
 */
final class Health {

  /** Between two writes that try their luck while in trouble. */
  private static final long TRY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Less than this left and an error without a known text is taken for a full disk. */
  private static final long NEXT_TO_NOTHING = 1L << 20;

  private static final int PROBE_BYTES = 1 << 20;

  private record Trouble(StoreException.Cause kind, String sentence) {}

  private final Path root;
  private final StoreTime time;
  private final StoreListener listener;
  private final Executor publisher;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Trouble trouble;
  private long lastTry;

  Health(Path root, StoreTime time, StoreListener listener, Executor publisher) {
    this.root = root;
    this.time = time;
    this.listener = listener;
    this.publisher = publisher;
  }

  boolean isWell() {
    return trouble == null;
  }

  /** Whether space is what is missing. */
  boolean isFull() {
    Trouble now = trouble;
    return now != null && now.kind() == StoreException.Cause.FULL;
  }

  /** Tries a small write while in trouble, so that the store heals without a player. */
  void probe(Disk disk) {
    if (isWell() || !mayTry()) {
      return;
    }
    Path file = root.resolve("trash").resolve(".probe");
    try {
      try (FileChannel channel = disk.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
        disk.write(channel, ByteBuffer.allocate(PROBE_BYTES), 0);
      }
      disk.delete(file);
      succeeded();
    } catch (IOException e) {
      StoreException _ = failed(e);
    }
  }

  /** Lets a write pass or throws what is wrong. */
  void gate() throws StoreException {
    Trouble now = trouble;
    if (now != null && !mayTry()) {
      throw new StoreException(now.kind(), now.sentence(), null);
    }
  }

  /** A write failed: what its caller is told. */
  StoreException failed(IOException cause) {
    if (cause instanceof StoreException ours) {
      return ours;
    }
    Trouble fresh = new Trouble(kind(cause), sentence(kind(cause), cause));
    lock.lock();
    try {
      lastTry = time.nanos();
      if (trouble == null) {
        trouble = fresh;
        publisher.execute(() -> listener.trouble(fresh.kind(), fresh.sentence()));
      }
    } finally {
      lock.unlock();
    }
    return new StoreException(fresh.kind(), fresh.sentence(), cause);
  }

  /** A write succeeded. */
  void succeeded() {
    if (trouble == null) {
      return;
    }
    lock.lock();
    try {
      if (trouble != null) {
        trouble = null;
        publisher.execute(listener::healed);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean mayTry() {
    lock.lock();
    try {
      long now = time.nanos();
      if (now - lastTry < TRY_EVERY_NANOS) {
        return false;
      }
      lastTry = now;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private StoreException.Cause kind(IOException cause) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return StoreException.Cause.FULL;
    }
    if (text.contains("read-only file system") || cause instanceof AccessDeniedException) {
      return StoreException.Cause.READ_ONLY;
    }
    // The texts above are the system's and may be in another language.
    return root.toFile().getUsableSpace() < NEXT_TO_NOTHING
        ? StoreException.Cause.FULL
        : StoreException.Cause.BROKEN;
  }

  private static String sentence(StoreException.Cause kind, IOException cause) {
    return switch (kind) {
      case FULL -> "The disk of the cache folder is full; playback goes on without the cache.";
      case READ_ONLY ->
          "The cache folder refuses writes; playback goes on without the cache. Is it mounted"
              + " read-only, or owned by another user?";
      case BROKEN, IN_USE, TOO_NEW, UNUSABLE ->
          "Writing to the cache folder failed ("
              + cause.getClass().getSimpleName()
              + "); playback goes on without the cache. Look at the system's log for disk errors.";
    };
  }
}
