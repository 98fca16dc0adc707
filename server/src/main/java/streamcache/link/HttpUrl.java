package streamcache.link;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An absolute http(s) URL taken apart by our own rules, ready for the wire. Pure; any thread.
 *
 * @param tls whether the scheme is https
 * @param userinfo what stands before the at sign, as written; never empty text
 * @param host in lower case, IPv6 in brackets
 * @param port as written; empty when the URL has none
 * @param target path and query, beginning with a slash, percent-encoded where it has to be
 */
public record HttpUrl(
    boolean tls, Optional<String> userinfo, String host, OptionalInt port, String target) {

  /** As long as the longest request target we take ourselves. */
  static final int LONGEST = 16 * 1024;

  /** Takes {@code written} apart; blanks and line ends around it and a fragment are dropped. */
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

  /** The port that is connected to. */
  public int effectivePort() {
    return port.orElse(tls ? 443 : 80);
  }

  /** The URL to ask for: without userinfo and fragment. Holds secrets; never shown. */
  public SafeUrl safe() {
    String shown = host + (port.isPresent() ? ":" + port.getAsInt() : "");
    return new SafeUrl(scheme() + shown + target, shown);
  }

  /** The URL with its userinfo, which a link can be made from again. Never shown. */
  SafeUrl source() {
    String user = userinfo.map(text -> text + "@").orElse("");
    SafeUrl plain = safe();
    return new SafeUrl(scheme() + user + plain.host() + target, plain.host());
  }

  /**
   * One text for all spellings of the URL, with the userinfo; only ever digested.
   *
   * @param dropped query parameters that do not count
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

  /** What stands behind the question mark; empty text without one. */
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

  /** The place of the colon before the port, or the length without one. */
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
