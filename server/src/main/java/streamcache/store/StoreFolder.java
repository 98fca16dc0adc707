package streamcache.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a command may ask of a cache folder that it does not open. For a process that has not opened
 * it itself: the system would take its lock away. Blocks on the disk.
 */
public record StoreFolder(Path path) {

  /** Whether another process has the folder open. */
  public boolean isInUse() {
    return FolderLock.isHeld(new Layout(path));
  }

  /**
   * What that process has told with {@link Store#tell}; empty without one, or if this user may not
   * read it.
   */
  public Map<String, String> told() {
    return FolderLock.told(new Layout(path));
  }

  /** Chosen at the first start; may be asked by the process that has the folder open, too. */
  public String id() throws IOException {
    return StoreFile.read(new Layout(path))
        .map(StoreFile::id)
        .orElseThrow(() -> new IOException("the file STORE of the cache folder is not readable"));
  }

  /**
   * The size limit that applies if none is set: chosen at the first start, or what one would choose
   * now. Empty if this user may not know.
   */
  public OptionalLong limit() {
    try {
      Optional<StoreFile> file = StoreFile.read(new Layout(path));
      return OptionalLong.of(
          file.isPresent() ? file.get().maxBytes() : StoreFile.limitOn(present(path)));
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  /** The folder, or the one that it would be made in. */
  private static Path present(Path folder) {
    Path at = folder.toAbsolutePath();
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  /** What the file system can do, as it was found at the first start; for people. */
  public String fileSystem() {
    try {
      return StoreFile.read(new Layout(path))
          .map(file -> file.abilities().words())
          .orElse("unknown");
    } catch (IOException _) {
      return "unknown";
    }
  }

  /** Whether the folder is a store: another file in it would prevent that it becomes one. */
  public boolean isStore() {
    return Files.exists(new Layout(path).storeFile());
  }
}
