package streamcache.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of this build. It stands in one place, the pom at the root of the repository. */
final class Version {

  private Version() {}

  /** Such as 1.2.0, or 1.2.0-SNAPSHOT before that. Reads a file that the build puts in the jar. */
  static String current() {
    try (InputStream file = Version.class.getResourceAsStream("version")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
