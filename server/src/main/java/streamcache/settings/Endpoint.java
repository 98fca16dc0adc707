package streamcache.settings;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The http or https URL of a program that this server calls. Whatever follows the host may be a
 * password, so it is never shown.
 *
 * @param origin scheme, host and port
 * @param rest path and query, as written; may be empty
 */
public record Endpoint(String origin, String rest) {

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?i)(https?://(?:[a-z0-9_.-]{1,253}|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?)"
              + "((?:/[^?#\\s]*)?)(\\?[^#\\s]*)?");

  private static final String PORT = ":[0-9]{1,5}$";

  /**
   * Empty if the text is not a valid URL.
   *
   * @param mayHaveQuery if false, paths are appended to the URL, and it loses trailing slashes
   */
  static Optional<Endpoint> parse(String text, boolean mayHaveQuery) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches() || (written.group(3) != null && !mayHaveQuery)) {
      return Optional.empty();
    }
    String path = mayHaveQuery ? written.group(2) : written.group(2).replaceFirst("/+$", "");
    String query = written.group(3) == null ? "" : encoded(written.group(3));
    Endpoint endpoint = new Endpoint(written.group(1), path + query);
    boolean isPort = endpoint.port() >= 1 && endpoint.port() <= 65535;
    return isPort && isUri(endpoint.reveal()) ? Optional.of(endpoint) : Optional.empty();
  }

  /** Templates of ntfy are in braces, which a URI must not contain (RFC 3986 section 2). */
  private static String encoded(String query) {
    return query.replace("{", "%7B").replace("}", "%7D");
  }

  private static boolean isUri(String text) {
    try {
      return !URI.create(text).isOpaque();
    } catch (IllegalArgumentException notAUri) {
      return false;
    }
  }

  /** The whole URL, for sending a request only. */
  public String reveal() {
    return origin + rest;
  }

  /** An IPv6 address is in brackets. */
  public String host() {
    return hostAndPort().replaceFirst(PORT, "");
  }

  /** The port to connect to. */
  public int port() {
    String port = hostAndPort().substring(host().length());
    int usual = origin.regionMatches(/* ignoreCase= */ true, 0, "https", 0, 5) ? 443 : 80;
    return port.isEmpty() ? usual : Integer.parseInt(port.substring(1));
  }

  private String hostAndPort() {
    return origin.substring(origin.indexOf("://") + "://".length());
  }

  @Override
  public String toString() {
    return rest.length() <= 1 ? origin : origin + "/~";
  }
}
