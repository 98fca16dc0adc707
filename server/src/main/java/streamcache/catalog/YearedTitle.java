package streamcache.catalog;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A title and its year, which counts only in brackets: {@code Death Race 2000} is a title. What
 * follows the year is a note on the release. The rest stays as the provider writes it. Pure.
 */
public record YearedTitle(String title, OptionalInt year) {

  private static final Pattern YEAR =
      Pattern.compile("\\s*[(\\[{]\\s*((?:18|19|20)[0-9]{2})\\s*[)\\]}]");

  private static final Pattern EDGES = Pattern.compile("^[\\s,;|–-]+|[\\s,;|–-]+$");

  /** The last year in brackets counts, since a title may contain another one. */
  public static YearedTitle read(String name) {
    Matcher year = YEAR.matcher(name);
    String title = name;
    OptionalInt found = OptionalInt.empty();
    while (year.find()) {
      String before = trimmed(name.substring(0, year.start()));
      if (!before.isEmpty()) {
        title = before;
        found = OptionalInt.of(Integer.parseInt(year.group(1)));
      }
    }
    return new YearedTitle(trimmed(title), found);
  }

  static String trimmed(String text) {
    return EDGES.matcher(text).replaceAll("");
  }
}
