package streamcache.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import streamcache.durable.Disk;

/**
 * Finds out before the first play whether files of an old cache can be adopted: gives one of them a
 * second name in the cache folder for a moment, as an adoption does. Blocks on the disk.
 *
 * @param old the folder of the old cache
 * @param cache the folder of a store
 */
public record AdoptionTrial(Path old, Path cache, Disk disk) {

  /** A name as that of other probes: a later start deletes what a killed process leaves. */
  private static final String PROBE = ".probe-" + "0".repeat(16);

  public AdoptionTrial(Path old, Path cache) {
    this(old, cache, Disk.system());
  }

  /** A sentence for the operator if none can be adopted; empty also if there are no files. */
  public Optional<String> objection() {
    Optional<Path> file = anyFile();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Path name = new Layout(cache).trash().resolve(PROBE);
    try {
      disk.delete(name);
      disk.link(file.get(), name);
      disk.delete(name);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(sentence(file.get(), e));
    }
  }

  private Optional<Path> anyFile() {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            old.resolve("files"), file -> Files.isRegularFile(file, NOFOLLOW_LINKS))) {
      for (Path file : files) {
        return Optional.of(file);
      }
    } catch (IOException _) {
      // That the folder cannot be read is said elsewhere.
    }
    return Optional.empty();
  }

  private String sentence(Path file, IOException refusal) {
    String reason =
        refusal instanceof FileSystemException known && known.getReason() != null
            ? known.getReason()
            : refusal.getClass().getSimpleName();
    return ("No title of ADOPT_FROM is adopted, and all are downloaded again: its files cannot have"
            + " a second name in CACHE_DIR (%s). Both folders have to be on the same mount, such as"
            + " CACHE_DIR=%s, and the files have to belong to the user that Streamcache runs as; they"
            + " belong to %s: name it in PUID and PGID, or change their owner with chown.")
        .formatted(reason, old.resolve("v2"), owner(file));
  }

  private static String owner(Path file) {
    try {
      return Files.getAttribute(file, "unix:uid") + ":" + Files.getAttribute(file, "unix:gid");
    } catch (IOException | RuntimeException _) {
      return "somebody else";
    }
  }
}
