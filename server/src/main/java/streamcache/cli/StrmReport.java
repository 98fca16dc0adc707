package streamcache.cli;

import java.nio.file.Path;
import streamcache.library.StrmDecision;
import streamcache.library.StrmResult;

/** Prints what happens to {@code .strm} files. One thread. */
abstract class StrmReport {

  private Path folder = Path.of("");
  private long faulty;

  /** Results of the files of {@code next} follow. */
  final void begin(Path next) {
    folder = next;
  }

  final void accept(StrmResult result) {
    if (result.decision() instanceof StrmDecision.Faulty) {
      faulty++;
    }
    print(relative(result.file()), result.decision());
  }

  /** How many files could not be read or written, or have a link that does not work. */
  final long faulty() {
    return faulty;
  }

  /**
   * @param file relative to its folder
   */
  abstract void print(String file, StrmDecision decision);

  /** No results follow. */
  abstract void end();

  /** A name may contain a line end or a control character, which could forge a line. */
  private String relative(Path file) {
    return file.startsWith(folder)
        ? printable(folder.relativize(file).toString())
        : printable(file.toString());
  }

  private static String printable(String name) {
    return name.chars().noneMatch(Character::isISOControl)
        ? name
        : name.replaceAll("\\p{Cntrl}", "?");
  }
}
