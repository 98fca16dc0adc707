package streamcache.origin;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The target of one hop: an absolute http(s) URL, parsed once, so that what is checked, connected
 * to and sent is the same. Lenient about what providers write into Location, strict about hosts.
 *
 * @param scheme http or https
 * @param host lower case, ASCII, an IPv6 literal without its brackets
 * @param port as written, else the scheme's default
 * @param path path and query exactly as they are sent
 * @param userinfo as written, still percent-encoded
 */
record Target(String scheme, String host, int port, String path, Optional<String> userinfo) {

  private static final Pattern ABSOLUTE =
      Pattern.compile("(https?)://([^/?]*)(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern ANY_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:([^@\\\\]*)@)?(\\[[0-9A-Fa-f:.]+]|[^:@\\[\\]]+)(?::(\\d{0,5}))?");

  /** Parses an absolute URL. */
  static Target parse(String url) throws BadTarget {
    String text = encoded(withoutFragment(url.strip()));
    Matcher whole = ABSOLUTE.matcher(text);
    if (!whole.matches()) {
      throw new BadTarget("not an http or https address");
    }
    String scheme = whole.group(1).toLowerCase(Locale.ROOT);
    Matcher authority = AUTHORITY.matcher(whole.group(2));
    if (!authority.matches()) {
      throw new BadTarget("host not understood");
    }
    return new Target(
        scheme,
        TargetHost.parse(authority.group(2)),
        port(scheme, authority.group(3)),
        rooted(whole.group(3)),
        Optional.ofNullable(authority.group(1)));
  }

  /** Resolves a Location value against this target; repairs minor errors in it. */
  Target resolve(String location) throws BadTarget {
    String text = encoded(withoutFragment(location.strip()));
    if (text.isEmpty()) {
      throw new BadTarget("empty redirect target");
    }
    if (ABSOLUTE.matcher(text).matches()) {
      return notInClear(parse(text));
    }
    if (ANY_SCHEME.matcher(text).matches()) {
      throw new BadTarget("redirect to something other than http");
    }
    if (text.startsWith("//")) {
      return parse(scheme + ":" + text);
    }
    if (text.startsWith("?")) {
      return at(pathOnly() + text);
    }
    String folder = path.substring(0, pathOnly().lastIndexOf('/') + 1);
    return at(withoutDots(text.startsWith("/") ? text : folder + text));
  }

  /** Whether credentials meant for {@code other} may be sent here. */
  boolean hasOriginOf(Target other) {
    return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
  }

  boolean isSecure() {
    return scheme.equals("https");
  }

  /** The value of the Host header. */
  String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == usualPort(scheme) ? name : name + ":" + port;
  }

  /** The path without the query. */
  String pathOnly() {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /** Decodes the percent escapes in a part of a URL. */
  static String unescaped(String part) {
    return TargetEscapes.decoded(part);
  }

  /** Shows the host only: path and query may hold passwords. */
  @Override
  public String toString() {
    return scheme + "://" + authority() + "/~";
  }

  /**
   * A password that arrived over TLS is never sent in clear text, not even when a redirect holds
   * it.
   */
  private Target notInClear(Target next) throws BadTarget {
    if (isSecure() && !next.isSecure() && next.userinfo().isPresent()) {
      throw new BadTarget("redirect that would send a password in clear");
    }
    return next;
  }

  private Target at(String newPath) {
    return new Target(scheme, host, port, newPath, Optional.empty());
  }

  private static int port(String scheme, String written) throws BadTarget {
    if (written == null || written.isEmpty()) {
      return usualPort(scheme);
    }
    int port = Integer.parseInt(written);
    if (port < 1 || port > 65_535) {
      throw new BadTarget("port not understood");
    }
    return port;
  }

  private static int usualPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  private static String rooted(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }

  private static String withoutFragment(String text) {
    int fragment = text.indexOf('#');
    return fragment < 0 ? text : text.substring(0, fragment);
  }

  /** Escapes spaces, control characters and non-ASCII; everything else stays as written. */
  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x20 && c < 0x7f) {
        encoded.append(c);
      } else {
        encoded.append(TargetEscapes.of(c));
      }
    }
    return encoded.toString();
  }

  /** Removes dot segments from the path (RFC 3986, 5.2.4); leaves the query alone. */
  private static String withoutDots(String path) {
    int query = path.indexOf('?');
    String way = query < 0 ? path : path.substring(0, query);
    StringBuilder kept = new StringBuilder(way.length());
    String[] steps = way.split("/", -1);
    for (int i = 1; i < steps.length; i++) {
      boolean isLast = i == steps.length - 1;
      if (steps[i].equals("..")) {
        kept.setLength(Math.max(0, kept.lastIndexOf("/")));
      } else if (!steps[i].equals(".")) {
        kept.append('/').append(steps[i]);
        continue;
      }
      kept.append(isLast ? "/" : "");
    }
    String rest = query < 0 ? "" : path.substring(query);
    return (kept.isEmpty() ? "/" : kept.toString()) + rest;
  }
}
