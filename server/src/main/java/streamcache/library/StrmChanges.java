package streamcache.library;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the system reports about watched folders. Not all of it is reported: a network share reports
 * nothing that another machine does. One thread; its owner may close it on another, which ends a
 * wait.
 */
final class StrmChanges implements AutoCloseable {

  /** What changed. */
  sealed interface Change {

    /** A file with the name of a {@code .strm} file was created or written. */
    record OfFile(Path file) implements Change {}

    /** A folder was created or moved here; it may hold files. */
    record OfFolder(Path folder) implements Change {}

    /** The system has lost count of the changes in a folder. */
    record Unknown() implements Change {}
  }

  /** Null if the system offers none. */
  private final @Nullable WatchService service;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<WatchKey, Path> folders = new HashMap<>();

  private StrmChanges(@Nullable WatchService service) {
    this.service = service;
  }

  static StrmChanges open() throws IOException {
    return new StrmChanges(FileSystems.getDefault().newWatchService());
  }

  /** Reports nothing. */
  static StrmChanges none() {
    return new StrmChanges(null);
  }

  /**
   * Reports changes in a folder from now on, without those in folders below it.
   *
   * @throws IOException if the folder is gone, or the system watches no more folders
   */
  void watch(Path folder) throws IOException {
    if (service != null) {
      WatchKey key =
          folder.register(
              service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      folders.put(key, folder);
    }
  }

  /** Waits for changes, at most for {@code wait}, and hands them to {@code changes}. */
  void await(Duration wait, Consumer<Change> changes) throws InterruptedException {
    long millis = Math.max(1, wait.toMillis());
    if (service == null) {
      boolean _ = closed.await(millis, TimeUnit.MILLISECONDS);
      return;
    }
    try {
      WatchKey key = service.poll(millis, TimeUnit.MILLISECONDS);
      while (key != null) {
        take(key, changes);
        key = service.poll();
      }
    } catch (ClosedWatchServiceException e) {
      // close() ends the wait.
    }
  }

  private void take(WatchKey key, Consumer<Change> changes) {
    Path folder = folders.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      if (folder != null) {
        changes.accept(change(folder, event.context()));
      }
    }
    if (!key.reset()) {
      folders.remove(key);
    }
  }

  private static Change change(Path folder, @Nullable Object name) {
    if (!(name instanceof Path relative)) {
      return new Change.Unknown();
    }
    Path path = folder.resolve(relative);
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        ? new Change.OfFolder(path)
        : new Change.OfFile(path);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    if (service != null) {
      service.close();
    }
  }
}
