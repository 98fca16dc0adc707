package streamcache.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the URL of an entry says about it. Pure.
 *
 * @param path of the URL, without query, fragment and Kodi suffix; may hold secrets
 */
record TargetPath(String host, String path) {

  private static final Pattern URL =
      Pattern.compile("(?i)[a-z][a-z0-9+.-]*://(?:[^/?#]*@)?([^/?#]*)([^?#]*)");

  private static final Pattern SUFFIX = Pattern.compile("\\|\\s*!?[A-Za-z0-9_-]+=.*|\\|\\s*$");

  /** Kind, user, password and number of an Xtream panel; channels may have no kind. */
  private static final Pattern XTREAM =
      Pattern.compile(".*?/(?:(movie|series|live)/)?[^/]+/[^/]+/([0-9]{1,18})(?:\\.\\w+)?");

  private static final Set<String> FILES =
      Set.of(
          "3gp", "asf", "avi", "divx", "flv", "iso", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg",
          "mpg", "ogm", "ogv", "vob", "webm", "wmv");

  static TargetPath of(MediaTarget target) {
    Matcher url = URL.matcher(SUFFIX.matcher(target.reveal()).replaceFirst(""));
    return url.lookingAt()
        ? new TargetPath(url.group(1).toLowerCase(Locale.ROOT), url.group(2))
        : new TargetPath("", "");
  }

  /** The kind that the folders of an Xtream panel name. */
  Optional<EntryKind> kind() {
    if (path.contains("/movie/")) {
      return Optional.of(EntryKind.FILM);
    }
    if (path.contains("/series/")) {
      return Optional.of(EntryKind.SERIES);
    }
    return path.contains("/live/") ? Optional.of(EntryKind.LIVE) : Optional.empty();
  }

  /** Whether it ends as only a file does; {@code .ts} is a channel as often. */
  boolean isFile() {
    return FILES.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  /** The number that a panel gave it, with the panel's host; stays if user or password change. */
  Optional<String> panelNumber() {
    Matcher numbered = XTREAM.matcher(path);
    if (!numbered.matches()) {
      return Optional.empty();
    }
    String kind = numbered.group(1) == null ? "live" : numbered.group(1);
    return Optional.of(kind + " " + numbered.group(2) + " " + host);
  }

  /** Omits the path, which may hold secrets. */
  @Override
  public String toString() {
    return "TargetPath at " + host;
  }
}
