package streamcache.library;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamcache.link.Link;

/**
 * Selects files by the host and the path of what they play. A pattern is {@code HOST[:PORT][/PATH]}
 * or {@code /PATH}, where an asterisk stands for any characters. Pure; any thread.
 */
public final class StrmFilter {

  /** Selects every file. */
  public static final StrmFilter ALL = new StrmFilter(List.of(), List.of());

  private final List<Pattern> match;
  private final List<Pattern> exclude;

  /**
   * @param match patterns of which one has to fit; an empty list selects all
   * @param exclude patterns of which none may fit
   */
  public StrmFilter(List<String> match, List<String> exclude) {
    this.match = match.stream().map(StrmFilter::pattern).toList();
    this.exclude = exclude.stream().map(StrmFilter::pattern).toList();
  }

  boolean selects(Link link) {
    String host = link.url().host();
    String path = link.url().path();
    List<String> spellings = List.of(host + path, host + ":" + link.url().effectivePort() + path);
    return (match.isEmpty() || fits(match, spellings)) && !fits(exclude, spellings);
  }

  private static boolean fits(List<Pattern> patterns, List<String> spellings) {
    return patterns.stream()
        .anyMatch(pattern -> spellings.stream().anyMatch(pattern.asMatchPredicate()));
  }

  private static Pattern pattern(String written) {
    String host = written.startsWith("/") ? "*" + written : written;
    String whole = host.contains("/") ? host : host + "/*";
    int slash = whole.indexOf('/');
    return Pattern.compile(
        glob(whole.substring(0, slash).toLowerCase(Locale.ROOT)) + glob(whole.substring(slash)),
        Pattern.DOTALL);
  }

  private static String glob(String written) {
    return Stream.of(written.split("\\*", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }
}
