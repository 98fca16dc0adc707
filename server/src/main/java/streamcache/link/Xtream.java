package streamcache.link;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The path format of Xtream panels, {@code /movie/USER/PASS/id.ext}, which shows the account and
 * which elements are secrets. Pure.
 */
final class Xtream {

  private static final String KIND = "/(?:movie|series|live|timeshift|hls)/";
  private static final Pattern PATH = Pattern.compile(KIND + "([^/]+)/[^/]+/.+");
  private static final Pattern CREDENTIALS_LAST = Pattern.compile(KIND + "[^/]*(/[^/]*)?/?");
  private static final Pattern TARGET = Pattern.compile(KIND + "[^/?]+/[^/?]+/[^?].*");

  private static final Pattern LIVE = Pattern.compile("/live/[^/?]+/[^/?]+/[^/?]+(?:\\?.*)?");

  /** As in {@link #PATH}, below any folder, and live channels, which are at the root. */
  private static final Pattern CREDENTIALS =
      Pattern.compile(KIND + "([^/]+)/([^/]+)(?:/.*)?|^/([^/]+)/([^/]+)/[0-9]+(?:\\.\\w+)?$");

  private Xtream() {}

  /** User and password as written in a path that may contain them; an element may be neither. */
  static List<String> credentials(String path) {
    Matcher matcher = CREDENTIALS.matcher(path);
    if (!matcher.find()) {
      return List.of();
    }
    return IntStream.rangeClosed(1, matcher.groupCount())
        .mapToObj(matcher::group)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The user as written in the path. */
  static Optional<String> user(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether the path ends at user or password, so that its last element is not a name. */
  static boolean endsInCredentials(String path) {
    return CREDENTIALS_LAST.matcher(path).matches();
  }

  /**
   * @param target path and query
   */
  static boolean isPath(String target) {
    return TARGET.matcher(target).matches();
  }

  /**
   * Whether it is that of a live channel.
   *
   * @param target path and query
   */
  static boolean isLive(String target) {
    return LIVE.matcher(target).matches();
  }
}
