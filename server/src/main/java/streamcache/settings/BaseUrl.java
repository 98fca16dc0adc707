package streamcache.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL under which players reach this server, possibly through a reverse proxy.
 *
 * @param origin scheme, host and port, without a trailing slash
 * @param path the path under which the proxy serves it, such as {@code /films}; empty text if it
 *     serves the whole host
 */
public record BaseUrl(String origin, String path) {

  /** Allows no userinfo, query or fragment, because a link is appended. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(https?://(?:[a-z0-9_.-]{1,253}|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?)"
              + "((?:/[a-z0-9_.~!$&'()*+,;=:%-]+)*)/*",
          Pattern.CASE_INSENSITIVE);

  /** Paths not allowed, because links with and without the base path would look alike. */
  private static final Pattern LIKE_A_LINK = Pattern.compile("/[use](?:/.*)?");

  /** Empty if the text is not a valid base URL. */
  static Optional<BaseUrl> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches() || LIKE_A_LINK.matcher(written.group(2)).matches()) {
      return Optional.empty();
    }
    return Optional.of(new BaseUrl(written.group(1).toLowerCase(Locale.ROOT), written.group(2)));
  }

  @Override
  public String toString() {
    return origin + path;
  }
}
