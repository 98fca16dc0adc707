package streamcache.seerr;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One walk through the library, within bounds. Unchanged folders are not read again, so the next
 * walk continues one that ran out of time. Symbolic links are not followed, because they can form
 * loops. Used once, on one thread, which blocks for disk I/O.
 */
final class StrmWalk {

  /**
   * The limits of a walk.
   *
   * @param files how many {@code .strm} files, in all folders
   */
  record Bounds(int files, Duration time) {

    static final Bounds USUAL = new Bounds(200_000, Duration.ofSeconds(30));
  }

  private static final int MOST_DEPTH = 16;

  private final StrmReader reader;
  private final Bounds bounds;
  private final InstantSource clock;
  private final BooleanSupplier isStopping;
  private final long begun = System.nanoTime();
  private final Map<Path, StrmFolder> before;
  private final Map<Path, StrmFolder> found = new LinkedHashMap<>();
  private int files;
  private Optional<SeerrError> snag = Optional.empty();

  /**
   * @param before what an earlier walk has found
   * @param isStopping whether to stop at once
   */
  StrmWalk(
      StrmReader reader,
      Bounds bounds,
      InstantSource clock,
      Map<Path, StrmFolder> before,
      BooleanSupplier isStopping) {
    this.reader = reader;
    this.bounds = bounds;
    this.clock = clock;
    this.before = before;
    this.isStopping = isStopping;
  }

  void root(Path folder) {
    if (!Files.isDirectory(folder)) {
      snag = Optional.of(later("a folder in STRM_DIRS is missing"));
      return;
    }
    visit(folder, 0);
    var _ = isOver();
  }

  /** What is known now, by folder. */
  Map<Path, StrmFolder> found() {
    return found;
  }

  /** Why the result is incomplete; empty if it is complete. */
  Optional<SeerrError> snag() {
    return snag;
  }

  private void visit(Path folder, int depth) {
    if (isOver() || found.containsKey(folder) || depth > MOST_DEPTH) {
      return;
    }
    try {
      StrmFolder now = read(folder);
      if (snag.isEmpty()) {
        found.put(folder, now);
        now.below().forEach(below -> visit(below, depth + 1));
      }
    } catch (NoSuchFileException | AccessDeniedException notForUs) {
      // Removed meanwhile, or not readable, such as lost+found.
    } catch (IOException e) {
      snag = Optional.of(later("the folders in STRM_DIRS cannot be read"));
    }
  }

  private StrmFolder read(Path folder) throws IOException {
    Instant now = clock.instant();
    var modified = Files.getLastModifiedTime(folder);
    StrmFolder known = before.get(folder);
    if (known != null && known.isStill(modified)) {
      files += known.films().size();
      return known;
    }
    List<Path> below = new ArrayList<>();
    List<StrmFolder.Film> films = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (isOver()) {
          break;
        }
        take(entry, below, films);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return new StrmFolder(modified, now, below, films);
  }

  private void take(Path entry, List<Path> below, List<StrmFolder.Film> films) throws IOException {
    try {
      BasicFileAttributes facts =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (facts.isDirectory()) {
        below.add(entry);
      } else if (facts.isRegularFile() && StrmReader.isStrm(entry)) {
        files++;
        reader.read(entry).ifPresent(key -> films.add(new StrmFolder.Film(key, entry)));
      }
    } catch (NoSuchFileException | AccessDeniedException notForUs) {
      // Removed meanwhile, or not readable.
    }
  }

  private boolean isOver() {
    if (snag.isEmpty() && files > bounds.files()) {
      snag =
          Optional.of(
              new SeerrError.Refused(
                  "STRM_DIRS contains more than " + bounds.files() + " .strm files"));
    }
    boolean isLate = System.nanoTime() - begun > bounds.time().toNanos();
    if (snag.isEmpty() && (isLate || isStopping.getAsBoolean())) {
      snag = Optional.of(later("the folders in STRM_DIRS are not completely read yet"));
    }
    return snag.isPresent();
  }

  private static SeerrError later(String words) {
    return new SeerrError.Later(words, StrmIndex.SOON);
  }
}
