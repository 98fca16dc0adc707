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
 * Which {@code .strm} files of the library hold which title; in memory, and read anew when somebody
 * asks after some minutes. Asked by the thread of the rounds; {@link #close} from any.
 */
final class StrmIndex implements AutoCloseable {

  /** How old an answer may be. */
  static final Duration FRESH = Duration.ofMinutes(5);

  /** When to go on with what could not be read to its end. */
  static final Duration SOON = Duration.ofMinutes(1);

  private final List<Path> roots;
  private final StrmReader reader;
  private final StrmWalk.Bounds bounds;
  private final InstantSource clock;
  private Map<Path, StrmFolder> folders = Map.of();
  private Optional<Snag> snag = Optional.empty();
  private Instant walkAgain = Instant.MIN;
  private volatile boolean isStopping;

  StrmIndex(List<Path> roots, StrmReader reader, StrmWalk.Bounds bounds, InstantSource clock) {
    this.roots = roots;
    this.reader = reader;
    this.bounds = bounds;
    this.clock = clock;
  }

  /**
   * The names of the files that hold a title at this moment, with the folders they lie in, from the
   * folder of the library on.
   *
   * @throws SnagException not all files are known
   */
  List<String> names(TitleKey key) throws SnagException {
    if (!clock.instant().isBefore(walkAgain)) {
      walk();
    }
    if (snag.isPresent()) {
      throw new SnagException(snag.get());
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

  /** It may have been written anew, which its folder does not tell. */
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

  /** Lets a walk under way end early. */
  @Override
  public void close() {
    isStopping = true;
  }
}
