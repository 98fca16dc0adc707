package streamcache.origin;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import streamcache.link.BadLink;
import streamcache.link.HttpUrl;

/**
 * Resolves the value of a Location header (RFC 9110 section 10.2.2), lenient about what providers
 * write into paths and strict about hosts. Pure.
 */
final class Location {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://.*");
  private static final Pattern ANY_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  /** Browsers read a backslash as a slash, so that the host would be another one for them. */
  private static final Pattern BACKSLASH_IN_AUTHORITY =
      Pattern.compile("(?:[A-Za-z]+:)?//[^/?]*\\\\.*");

  private Location() {}

  /**
   * @param from the URL that was requested
   * @param location as received: one character per byte (ISO 8859-1)
   */
  static HttpUrl resolve(HttpUrl from, String location) throws BadTarget {
    String text = withoutFragment(location.strip());
    if (text.isEmpty()) {
      throw new BadTarget("empty redirect target");
    }
    if (BACKSLASH_IN_AUTHORITY.matcher(text).matches()) {
      throw new BadTarget("invalid redirect target");
    }
    text = encoded(text);
    if (ABSOLUTE.matcher(text).matches()) {
      return notInClear(from, absolute(text));
    }
    if (ANY_SCHEME.matcher(text).matches()) {
      throw new BadTarget("redirect to something other than http");
    }
    if (text.startsWith("//")) {
      return absolute(from.scheme() + ":" + text);
    }
    if (text.startsWith("?")) {
      return from.at(from.path() + text);
    }
    String folder = from.path().substring(0, from.path().lastIndexOf('/') + 1);
    return from.at(withoutDots(text.startsWith("/") ? text : folder + text));
  }

  private static HttpUrl absolute(String text) throws BadTarget {
    try {
      return HttpUrl.parse(text);
    } catch (BadLink _) {
      // Its sentence is about a link and for its owner.
      throw new BadTarget("invalid redirect target");
    }
  }

  /**
   * A password that arrived over TLS is never sent in clear text, not even when a redirect holds
   * it.
   */
  private static HttpUrl notInClear(HttpUrl from, HttpUrl next) throws BadTarget {
    if (from.tls() && !next.tls() && next.userinfo().isPresent()) {
      throw new BadTarget("redirect that would send a password unencrypted");
    }
    return next;
  }

  private static String withoutFragment(String text) {
    int fragment = text.indexOf('#');
    return fragment < 0 ? text : text.substring(0, fragment);
  }

  /** Escapes spaces, control characters, backslashes and raw bytes; keeps the rest as written. */
  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c < 0x7f && c != '\\') {
        encoded.append(c);
      } else {
        escape(c, encoded);
      }
    }
    return encoded.toString();
  }

  private static void escape(char c, StringBuilder encoded) {
    byte[] octets =
        c <= 0xff ? new byte[] {(byte) c} : String.valueOf(c).getBytes(StandardCharsets.UTF_8);
    for (byte octet : octets) {
      encoded.append('%').append(HEX.toHexDigits(octet));
    }
  }

  /** Removes dot segments from the path (RFC 3986, 5.2.4); leaves the query alone. */
  private static String withoutDots(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    StringBuilder kept = new StringBuilder(path.length());
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean isLast = i == segments.length - 1;
      if (segments[i].equals("..")) {
        kept.setLength(Math.max(0, kept.lastIndexOf("/")));
      } else if (!segments[i].equals(".")) {
        kept.append('/').append(segments[i]);
        continue;
      }
      kept.append(isLast ? "/" : "");
    }
    String rest = query < 0 ? "" : target.substring(query);
    return (kept.isEmpty() ? "/" : kept.toString()) + rest;
  }
}
