package streamcache.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells a playlist from what providers send instead of one, by its first line. Pure. */
final class PlaylistLook {

  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

  private PlaylistLook() {}

  /**
   * @param first the first line that is not empty
   * @throws PlaylistException with a sentence that says what it is
   */
  static void check(Optional<String> first) throws PlaylistException {
    String line = first.orElseThrow(() -> new PlaylistException("The playlist is empty."));
    String lower = line.toLowerCase(Locale.ROOT);
    if (lower.startsWith("#") || URL.matcher(line).matches()) {
      return;
    }
    throw new PlaylistException(
        "This is not a playlist but " + what(lower) + "; a playlist begins with #EXTM3U.");
  }

  private static String what(String lower) {
    if (lower.startsWith("<")) {
      return "a web page or XML, often the login or error page of a provider";
    }
    if (lower.startsWith("{") || lower.startsWith("[")) {
      return "JSON, often the error message of a provider";
    }
    return lower.chars().anyMatch(letter -> letter < ' ' && letter != '\t')
        ? "a binary file"
        : "another text";
  }
}
