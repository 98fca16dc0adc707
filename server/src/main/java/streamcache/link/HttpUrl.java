package streamcache.link;

import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An absolute http(s) URL, parsed once, from the link or a redirect to the socket: what is checked,
 * connected to and sent is the same. {@link #toString} shows scheme and host only; code that really
 * needs the text calls {@link #reveal}, which is easy to search for. Pure; any thread.
 *
 * @param tls whether the scheme is https
 * @param userinfo the part before the at sign, percent-encoded where necessary; never an empty
 *     string
 * @param host in lower case, IPv6 in brackets
 * @param port as written; empty if the URL has none
 * @param target path and query, beginning with a slash, percent-encoded where necessary
 */
public record HttpUrl(
    boolean tls, Optional<String> userinfo, String host, OptionalInt port, String target) {

  /** In characters; equal to the longest request target that this server accepts. */
  static final int LONGEST = 16 * 1024;

  /** Parses {@code written}; drops white space around it and a fragment. */
  public static HttpUrl parse(String written) throws BadLink {
    String text = written.strip();
    int scheme = schemeLength(text);
    if (text.length() > LONGEST) {
      throw new BadLink("The URL in the link is longer than 16 KiB; use a shorter one.");
    }
    refuseTricks(text);
    int fragment = text.indexOf('#');
    String rest = text.substring(scheme, fragment < 0 ? text.length() : fragment);
    int behind = authorityLength(rest);
    String authority = rest.substring(0, behind);
    int at = authority.indexOf('@');
    if (at != authority.lastIndexOf('@')) {
      throw new BadLink(
          "The URL in the link has more than one '@' before its path; write '@' in the user"
              + " or the password as %40.");
    }
    String hostAndPort = authority.substring(at + 1);
    int colon = portColon(hostAndPort);
    return new HttpUrl(
        scheme == "https://".length(),
        Optional.of(Percent.encodeForeign(authority.substring(0, Math.max(0, at))))
            .filter(user -> !user.isEmpty()),
        host(hostAndPort.substring(0, colon)),
        port(hostAndPort.substring(colon)),
        target(rest.substring(behind)));
  }

  /** The port to connect to. */
  public int effectivePort() {
    return port.orElse(usualPort(tls));
  }

  /** The host to connect to: a name, or an address literal without brackets. */
  public String address() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Host and, if written, port. */
  public String shownHost() {
    return host + (port.isPresent() ? ":" + port.getAsInt() : "");
  }

  /** The value of a Host header: the port is left out where it is the usual one of the scheme. */
  public String authority() {
    return host + (effectivePort() == usualPort(tls) ? "" : ":" + effectivePort());
  }

  /** The whole URL with every secret in it; for the wire only, never for a log, page or error. */
  public String reveal() {
    return scheme() + "://" + userinfo.map(text -> text + "@").orElse("") + shownHost() + target;
  }

  /** The same URL for a request: user and password travel in a header. */
  public HttpUrl withoutUserinfo() {
    return new HttpUrl(tls, Optional.empty(), host, port, target);
  }

  /** The value of an Authorization header that sends the userinfo (RFC 7617), if there is any. */
  public Optional<String> basic() {
    return userinfo
        .map(user -> Percent.octets(user.contains(":") ? user : user + ":"))
        .map(octets -> "Basic " + Base64.getEncoder().encodeToString(octets));
  }

  /** The user of the userinfo, decoded. */
  public Optional<String> user() {
    return userinfo
        .map(info -> Percent.decode(info.split(":", 2)[0]))
        .filter(user -> !user.isEmpty());
  }

  /** Another path and query on the same host, without userinfo. */
  public HttpUrl at(String otherTarget) {
    return new HttpUrl(tls, Optional.empty(), host, port, otherTarget);
  }

  /** Whether credentials meant for {@code other} may be sent here. */
  public boolean hasOriginOf(HttpUrl other) {
    return tls == other.tls && host.equals(other.host) && effectivePort() == other.effectivePort();
  }

  /**
   * The one text for all spellings of the URL, userinfo included; used only for a digest.
   *
   * @param dropped query parameters to leave out
   */
  String canonical(Set<String> dropped) {
    String user = userinfo.map(text -> text + "@").orElse("");
    return scheme()
        + "://"
        + Percent.upperCaseEscapes(user)
        + authority()
        + Percent.upperCaseEscapes(dropped.isEmpty() ? target : targetWithout(dropped));
  }

  private String targetWithout(Set<String> dropped) {
    String rest =
        Arrays.stream(query().split("&", -1))
            .filter(parameter -> !dropped.contains(Percent.decodeValue(parameter.split("=", 2)[0])))
            .collect(Collectors.joining("&"));
    return rest.isEmpty() ? path() : path() + "?" + rest;
  }

  /** The target without its query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The part after the question mark; an empty string if there is none. */
  String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /** http or https. */
  public String scheme() {
    return tls ? "https" : "http";
  }

  /** Path, query and userinfo may hold passwords. */
  @Override
  public String toString() {
    return scheme() + "://" + shownHost() + "/~";
  }

  private static int usualPort(boolean tls) {
    return tls ? 443 : 80;
  }

  /** A host may be escaped, which must not turn a name into an address in brackets. */
  private static String host(String written) throws BadLink {
    boolean isLiteral = written.startsWith("[");
    String host = HostName.parse(isLiteral ? written : Percent.decode(written));
    if (host.startsWith("[") != isLiteral) {
      throw new BadLink(
          "The brackets of the host of the URL in the link are escaped; write [ and ].");
    }
    return host;
  }

  private static int schemeLength(String text) throws BadLink {
    String start = text.substring(0, Math.min(8, text.length())).toLowerCase(Locale.ROOT);
    if (start.startsWith("http://")) {
      return "http://".length();
    }
    if (start.equals("https://")) {
      return start.length();
    }
    throw new BadLink(
        "The link contains no http:// or https:// URL; make it with 'streamcache link URL'.");
  }

  private static void refuseTricks(String text) throws BadLink {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new BadLink("The URL in the link contains control characters; remove or escape them.");
    }
    if (text.indexOf('\\') >= 0) {
      throw new BadLink("The URL in the link contains a backslash; write a slash instead.");
    }
  }

  private static int authorityLength(String rest) {
    for (int at = 0; at < rest.length(); at++) {
      if (rest.charAt(at) == '/' || rest.charAt(at) == '?') {
        return at;
      }
    }
    return rest.length();
  }

  /** The index of the colon before the port, or the length if there is none. */
  private static int portColon(String hostAndPort) {
    int colon = hostAndPort.indexOf(':', Math.max(0, hostAndPort.indexOf(']')));
    return colon < 0 ? hostAndPort.length() : colon;
  }

  private static OptionalInt port(String written) throws BadLink {
    if (written.length() <= 1) {
      return OptionalInt.empty();
    }
    int port = port(written, 1);
    if (port > 0) {
      return OptionalInt.of(port);
    }
    throw new BadLink("The port of the URL in the link is not a number from 1 to 65535.");
  }

  /** The port in decimal digits from an index to the end of the text; 0 if it is none. */
  static int port(String text, int from) {
    int port = 0;
    for (int at = from; at < text.length(); at++) {
      char digit = text.charAt(at);
      if (digit < '0' || digit > '9' || at - from >= 5) {
        return 0;
      }
      port = 10 * port + digit - '0';
    }
    return port <= 65535 ? port : 0;
  }

  private static String target(String written) {
    return Percent.encodeForeign(written.startsWith("/") ? written : "/" + written);
  }
}
