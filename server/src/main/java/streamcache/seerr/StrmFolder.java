package streamcache.seerr;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import streamcache.link.TitleKey;

/**
 * The content of one folder of the library, as of the time it was read.
 *
 * @param modified the modification time that the file system gave before the read
 * @param read when the folder was read
 * @param below its subfolders
 */
record StrmFolder(FileTime modified, Instant read, List<Path> below, List<Film> films) {

  /**
   * Some file systems store whole seconds: a second change within the same second goes unnoticed.
   */
  private static final Duration GRAIN = Duration.ofSeconds(3);

  /** A file that contains the link of a title. */
  record Film(TitleKey key, Path file) {}

  StrmFolder {
    below = List.copyOf(below);
    films = List.copyOf(films);
  }

  /**
   * Whether no entry has been added or removed since. Does not detect a file that was rewritten.
   */
  boolean isStill(FileTime now) {
    return modified.equals(now) && modified.toInstant().plus(GRAIN).isBefore(read);
  }
}
