package streamcache.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The file LOCK: one process per folder; the system releases it when the process dies. */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock take(Layout layout) throws IOException {
    FileChannel channel =
        FileChannel.open(layout.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (locks(channel)) {
      return new FolderLock(channel);
    }
    channel.close();
    throw new StoreException(
        StoreException.Cause.IN_USE,
        "The cache folder %s is in use by another Streamcache process.".formatted(layout.root())
            + " Stop that process, or set CACHE_DIR to a different folder.",
        null);
  }

  /**
   * Whether a process holds the lock of a folder; false if there is no such folder, true if this
   * user cannot find out.
   */
  static boolean isHeld(Layout layout) {
    try (FileChannel channel = FileChannel.open(layout.lockFile(), StandardOpenOption.WRITE)) {
      return !locks(channel);
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }
}
