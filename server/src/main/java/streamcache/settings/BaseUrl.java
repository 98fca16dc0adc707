package streamcache.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where players reach this server, perhaps through a reverse proxy.
 *
 * @param origin scheme, host and port, without a slash at the end
 * @param path what the proxy serves it under, such as {@code /films}; empty text for all of the
 *     host
 */
public record BaseUrl(String origin, String path) {

  /** Without userinfo, query and fragment, which a link cannot go behind. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(https?://(?:[a-z0-9_.-]{1,253}|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?)"
              + "((?:/[a-z0-9_.~!$&'()*+,;=:%-]+)*)/*",
          Pattern.CASE_INSENSITIVE);

  /** Below such a path nobody could tell a link from a link below it. */
  private static final Pattern LIKE_A_LINK = Pattern.compile("/[use](?:/.*)?");

  /** Empty when it is no such address. */
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
