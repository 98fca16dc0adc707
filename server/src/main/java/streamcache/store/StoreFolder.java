package streamcache.store;

import java.nio.file.Files;
import java.nio.file.Path;

/** What a command may ask of a cache folder that it does not open. Blocks on the disk. */
public record StoreFolder(Path path) {

  /**
   * Whether another process has the folder open. For a process that has not opened it itself: the
   * system would take its lock away.
   */
  public boolean isInUse() {
    return FolderLock.isHeld(new Layout(path));
  }

  /** Whether the folder is a store: another file in it would prevent that it becomes one. */
  public boolean isStore() {
    return Files.exists(new Layout(path).storeFile());
  }
}
