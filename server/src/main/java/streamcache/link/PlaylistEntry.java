package streamcache.link;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entry of an M3U playlist, as some programs write it into a {@code .strm} file: a line {@code
 * #EXTINF:-1,Name} before the URL. Pure.
 *
 * @param url the text without its lines of comments
 * @param isLive whether the playlist says that the title has no end; it says the same of many
 *     films, so that the response decides
 */
record PlaylistEntry(String url, boolean isLive) {

  /** The line that says that the title has no end. */
  static final String ENDLESS = "#EXTINF:-1,\n";

  private static final Pattern DURATION = Pattern.compile("#EXTINF:\\s*(-?[0-9]+).*");

  static PlaylistEntry split(String text) {
    if (!text.stripLeading().startsWith("#EXT")) {
      return new PlaylistEntry(text, /* isLive= */ false);
    }
    List<String> lines = text.strip().lines().toList();
    boolean isLive =
        lines.stream()
            .map(DURATION::matcher)
            .filter(Matcher::matches)
            .anyMatch(duration -> duration.group(1).startsWith("-"));
    List<String> rest = lines.stream().filter(line -> !line.startsWith("#")).toList();
    return new PlaylistEntry(String.join("\n", rest), isLive);
  }

  /** Omits the URL, which may hold secrets. */
  @Override
  public String toString() {
    return "PlaylistEntry" + (isLive ? " (live)" : "");
  }
}
