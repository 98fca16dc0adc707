package streamcache.seerr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamcache.link.TitleKey;

/**
 * Maps each title to the {@code .strm} files of the library that contain it. Kept in memory, and
 * refreshed by a query once it is some minutes old. Used by the worker thread; {@link #close} may
 * be called from any thread.
 */
final class StrmIndex implements AutoCloseable {

  /** How old the index may be. */
  static final Duration FRESH = Duration.ofMinutes(5);

  /** When to continue a walk that was not completed. */
  static final Duration SOON = Duration.ofMinutes(1);

  private final List<Path> roots;
  private final StrmReader reader;
  private final StrmWalk.Bounds bounds;
  private final InstantSource clock;
  private Map<Path, StrmFolder> folders = Map.of();
  private Optional<SeerrError> snag = Optional.empty();
  private Instant walkAgain = Instant.MIN;
  private volatile boolean isStopping;

  StrmIndex(List<Path> roots, StrmReader reader, StrmWalk.Bounds bounds, InstantSource clock) {
    this.roots = roots;
    this.reader = reader;
    this.bounds = bounds;
    this.clock = clock;
  }

  /**
   * The names of the files that contain a title at this moment, as paths relative to the library.
   *
   * @throws SeerrException if not all files are known
   */
  List<String> names(TitleKey key) throws SeerrException {
    if (!clock.instant().isBefore(walkAgain)) {
      walk();
    }
    if (snag.isPresent()) {
      throw new SeerrException(snag.get());
    }
    return folders.values().stream()
        .flatMap(folder -> folder.films().stream())
        .filter(film -> film.key().equals(key) && isStill(film))
        .map(film -> name(film.file()))
        .toList();
  }

  private void walk() {
    StrmWalk walk = new StrmWalk(reader, bounds, clock, folders, () -> isStopping);
    roots.forEach(walk::root);
    folders = walk.found();
    snag = walk.snag();
    walkAgain = clock.instant().plus(snag.isEmpty() ? FRESH : SOON);
  }

  /** Checks the file again, because its folder does not show that it was rewritten. */
  private boolean isStill(StrmFolder.Film film) {
    try {
      return Files.isRegularFile(film.file(), LinkOption.NOFOLLOW_LINKS)
          && reader.read(film.file()).filter(film.key()::equals).isPresent();
    } catch (IOException gone) {
      return false;
    }
  }

  private String name(Path file) {
    return roots.stream()
        .filter(file::startsWith)
        .map(root -> root.relativize(file).toString())
        .findFirst()
        .orElse("");
  }

  /** Makes a walk that is in progress end early. */
  @Override
  public void close() {
    isStopping = true;
  }
}
