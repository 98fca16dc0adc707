package streamcache.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the operator's page and the API listen when they have a port of their own.
 *
 * @param bind the address, without brackets; empty for that of {@code BIND}
 * @param port 0 to 65535; 0 lets the system choose
 */
public record AdminBind(String bind, int port) {

  static final ValueType<AdminBind> KIND =
      new ValueType.Form<>(
          AdminBind::parse,
          "a port, or an address and a port such as 127.0.0.1:8081 or [::1]:8081",
          "[ADDRESS:]PORT");

  private static final Pattern WRITTEN =
      Pattern.compile("(?:([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]+]):)?([0-9]{1,5})");

  private static final int LAST_PORT = 65_535;

  private static Optional<AdminBind> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches() || Integer.parseInt(written.group(2)) > LAST_PORT) {
      return Optional.empty();
    }
    String address = Optional.ofNullable(written.group(1)).orElse("");
    return Optional.of(
        new AdminBind(address.replaceAll("[\\[\\]]", ""), Integer.parseInt(written.group(2))));
  }

  /** As it is written in the settings. */
  @Override
  public String toString() {
    if (bind.isEmpty()) {
      return Integer.toString(port);
    }
    return (bind.contains(":") ? "[" + bind + "]" : bind) + ":" + port;
  }
}
