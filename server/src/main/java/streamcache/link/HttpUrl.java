package streamcache.link;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An absolute http(s) URL, parsed by our own rules and ready to be sent. Pure; any thread.
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
          "The URL in the link has more than one '@' before its path; write those of user and"
              + " password as %40.");
    }
    String hostAndPort = authority.substring(at + 1);
    int colon = portColon(hostAndPort);
    return new HttpUrl(
        scheme == "https://".length(),
        Optional.of(Percent.encodeForeign(authority.substring(0, Math.max(0, at))))
            .filter(user -> !user.isEmpty()),
        HostName.parse(hostAndPort.substring(0, colon)),
        port(hostAndPort.substring(colon)),
        target(rest.substring(behind)));
  }

  /** The port to connect to. */
  public int effectivePort() {
    return port.orElse(tls ? 443 : 80);
  }

  /** The URL to request, without userinfo and fragment. Holds secrets; never shown. */
  public SafeUrl safe() {
    String shown = host + (port.isPresent() ? ":" + port.getAsInt() : "");
    return new SafeUrl(scheme() + shown + target, shown);
  }

  /** The URL with its userinfo, from which the link can be made again. Never shown. */
  SafeUrl source() {
    String user = userinfo.map(text -> text + "@").orElse("");
    SafeUrl plain = safe();
    return new SafeUrl(scheme() + user + plain.host() + target, plain.host());
  }

  /**
   * The one text for all spellings of the URL, userinfo included; used only for a digest.
   *
   * @param dropped query parameters to leave out
   */
  String canonical(Set<String> dropped) {
    String user = userinfo.map(text -> text + "@").orElse("");
    String shownPort = effectivePort() == (tls ? 443 : 80) ? "" : ":" + effectivePort();
    return scheme()
        + Percent.upperCaseEscapes(user)
        + host
        + shownPort
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
  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The part after the question mark; an empty string if there is none. */
  String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  @Override
  public String toString() {
    return safe().toString();
  }

  private String scheme() {
    return tls ? "https://" : "http://";
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
        "The link holds no http:// or https:// URL; make it with 'streamcache link URL'.");
  }

  private static void refuseTricks(String text) throws BadLink {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new BadLink("The URL in the link holds control characters; remove or escape them.");
    }
    if (text.indexOf('\\') >= 0) {
      throw new BadLink("The URL in the link holds a backslash; write a slash instead.");
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
    String digits = written.substring(1);
    if (digits.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= 65535) {
        return OptionalInt.of(port);
      }
    }
    throw new BadLink("The port of the URL in the link is not a number from 1 to 65535.");
  }

  private static String target(String written) {
    return Percent.encodeForeign(written.startsWith("/") ? written : "/" + written);
  }
}
