package streamcache.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Patterns for names, of which one must match the whole name: {@code *} stands for any text and
 * {@code ?} for one character; upper and lower case are the same. Pure; any thread.
 */
public final class NameGlob {

  /** Matches every name. */
  public static final NameGlob ANY = of("*");

  private final List<Pattern> patterns;

  private NameGlob(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * @param written patterns, separated by commas
   */
  public static NameGlob of(String written) {
    return new NameGlob(
        Arrays.stream(written.split(",", -1))
            .map(String::strip)
            .filter(glob -> !glob.isEmpty())
            .map(NameGlob::pattern)
            .toList());
  }

  public boolean matches(String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    for (String part : glob.splitWithDelimiters("[*?]", 0)) {
      switch (part) {
        case "*" -> regex.append(".*");
        case "?" -> regex.append('.');
        default -> regex.append(Pattern.quote(part));
      }
    }
    return Pattern.compile(
        regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }
}
