package streamcache.durable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for {@link ScratchFile}s where those cannot lie beside what they are for: in the folder
 * of the system for temporary files, readable by its user only. Blocks.
 */
public final class ScratchFolder {

  private ScratchFolder() {}

  /**
   * Creates one.
   *
   * @param name its name begins with it
   */
  public static Path named(String name) throws IOException {
    return Files.createTempDirectory(name);
  }

  /** Deletes one that is empty again; one that cannot be deleted is left to the system. */
  public static void delete(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException _) {
      // The system deletes it at some time.
    }
  }
}
