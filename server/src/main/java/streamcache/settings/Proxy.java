package streamcache.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy through which a provider is reached. Prints without its credentials.
 *
 * @param host name or address, IPv6 without brackets
 * @param credentials empty if it requires none
 */
public record Proxy(Kind kind, String host, int port, Optional<Credentials> credentials) {

  /** The protocol of the proxy. */
  public enum Kind {
    /** HTTP: absolute URLs for http, CONNECT for https. */
    HTTP,
    /** SOCKS version 5, RFC 1928. */
    SOCKS5
  }

  /** Both at most 255 bytes in UTF-8, as SOCKS requires. */
  public record Credentials(String user, String password) {
    @Override
    public String toString() {
      return "Credentials[~]";
    }
  }

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(http|socks5)://(?:([^:@/\\s]+):([^@/\\s]*)@)?"
              + "([A-Za-z0-9_.-]{1,253}|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?/?",
          Pattern.CASE_INSENSITIVE);

  private static final int HTTP_PORT = 8080;
  private static final int SOCKS_PORT = 1080;
  private static final int LONGEST_CREDENTIAL = 255;

  /** Parses text such as {@code socks5://user:password@host:port}; empty if it is invalid. */
  static Optional<Proxy> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return Optional.empty();
    }
    Kind kind = written.group(1).equalsIgnoreCase("http") ? Kind.HTTP : Kind.SOCKS5;
    int usual = kind == Kind.HTTP ? HTTP_PORT : SOCKS_PORT;
    int port = written.group(5) == null ? usual : Integer.parseInt(written.group(5));
    Optional<HostGlob> host = HostGlob.parse(written.group(4));
    Optional<Credentials> credentials =
        Optional.ofNullable(written.group(2))
            .map(user -> new Credentials(decoded(user), decoded(written.group(3))));
    boolean isUsable =
        port >= 1
            && port <= 65_535
            && credentials.stream().allMatch(Proxy::fits)
            && host.isPresent();
    return isUsable
        ? Optional.of(new Proxy(kind, host.get().glob(), port, credentials))
        : Optional.empty();
  }

  private static boolean fits(Credentials credentials) {
    return bytes(credentials.user()) <= LONGEST_CREDENTIAL
        && bytes(credentials.password()) <= LONGEST_CREDENTIAL;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A percent sign that starts no escape is literal, because passwords contain them. */
  private static String decoded(String part) {
    String plus = part.replace("+", "%2B").replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    return URLDecoder.decode(plus, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return (kind == Kind.HTTP ? "http://" : "socks5://")
        + (credentials.isPresent() ? "****@" : "")
        + shown
        + ":"
        + port;
  }
}
