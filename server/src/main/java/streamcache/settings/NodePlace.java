package streamcache.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node of a cluster is reached.
 *
 * @param host a name or an address, IPv6 without brackets
 */
public record NodePlace(String host, int port) {

  /** The port of the membership if none is written; the two after it are used, too. */
  static final int USUAL_PORT = 7800;

  /** So that the two ports after it exist. */
  private static final int LAST_PORT = 65_533;

  private static final Pattern WRITTEN =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

  static Optional<NodePlace> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return Optional.empty();
    }
    int port = written.group(2) == null ? USUAL_PORT : Integer.parseInt(written.group(2));
    String host = written.group(1).replaceAll("[\\[\\]]", "");
    return port >= 1 && port <= LAST_PORT
        ? Optional.of(new NodePlace(host, port))
        : Optional.empty();
  }

  /** As it is written in the settings. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
