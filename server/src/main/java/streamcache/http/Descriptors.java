package streamcache.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files and sockets the system allows this process to have open. */
final class Descriptors {

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Pattern SOFT_LIMIT =
      Pattern.compile("^Max open files\\s+([0-9]{1,9})\\s", Pattern.MULTILINE);

  /** Assumed when the limit cannot be read. */
  private static final int USUAL = 4096;

  private Descriptors() {}

  static int most() {
    try {
      Matcher found = SOFT_LIMIT.matcher(Files.readString(LIMITS));
      return found.find() ? Integer.parseInt(found.group(1)) : USUAL;
    } catch (IOException e) {
      return USUAL;
    }
  }
}
