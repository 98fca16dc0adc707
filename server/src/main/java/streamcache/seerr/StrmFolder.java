package streamcache.seerr;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import streamcache.link.TitleKey;

/**
 * What one folder of the library holds, as it was read.
 *
 * @param modified as the file system said before it was read
 * @param read when that was
 * @param below the folders in it
 */
record StrmFolder(FileTime modified, Instant read, List<Path> below, List<Film> films) {

  /** Some file systems count in whole seconds: what comes in the same one is not seen. */
  private static final Duration GRAIN = Duration.ofSeconds(3);

  /** A file that holds a link of a title. */
  record Film(TitleKey key, Path file) {}

  StrmFolder {
    below = List.copyOf(below);
    films = List.copyOf(films);
  }

  /** Whether nothing has come or gone since. A file that was written anew is not seen here. */
  boolean isStill(FileTime now) {
    return modified.equals(now) && modified.toInstant().plus(GRAIN).isBefore(read);
  }
}
