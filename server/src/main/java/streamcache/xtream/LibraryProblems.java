package streamcache.xtream;

import java.io.IOException;
import java.nio.file.Path;
import streamcache.catalog.LibraryException;

/** Why an import cannot use its folder, in sentences. */
final class LibraryProblems {

  private LibraryProblems() {}

  static LibraryException unwritable(Path path, IOException cause) {
    return new LibraryException(
        "%s cannot be written (%s); check the space and the rights of its folder."
            .formatted(path, cause.getClass().getSimpleName()));
  }
}
