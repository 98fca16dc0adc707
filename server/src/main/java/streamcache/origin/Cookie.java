package streamcache.origin;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import streamcache.link.HttpUrl;

/**
 * One cookie that a provider set along a redirect chain or with the film.
 *
 * @param domain the host it belongs to
 * @param isHostOnly whether subdomains of {@code domain} are excluded
 * @param path prefix of the paths it belongs to
 * @param isSecure whether it is never sent in clear text; also true for a cookie that arrived over
 *     TLS without the Secure attribute
 * @param isGone whether the provider deletes it
 * @param until when it expires; Instant.MAX if the provider does not say
 */
record Cookie(
    String name,
    String value,
    String domain,
    boolean isHostOnly,
    String path,
    boolean isSecure,
    boolean isGone,
    Instant until) {

  /** An age in seconds with more digits ends after any film. */
  private static final int MOST_AGE_DIGITS = 9;

  /** Parses a Set-Cookie line; empty if it is malformed or sets a cookie for a foreign host. */
  static Optional<Cookie> parse(String line, HttpUrl from, Instant now) {
    String[] parts = line.split(";", -1);
    int equals = parts[0].indexOf('=');
    if (equals <= 0) {
      return Optional.empty();
    }
    String domain = from.address();
    boolean isHostOnly = true;
    String path = folder(from.path());
    // Max-Age takes precedence over Expires in any order (RFC 6265, 5.3).
    Optional<Instant> untilByAge = Optional.empty();
    Optional<Instant> untilByDate = Optional.empty();
    // A cookie that arrived over TLS is never sent in clear text, with or without Secure.
    boolean isSecure = from.tls();
    for (int i = 1; i < parts.length; i++) {
      String[] attribute = parts[i].split("=", 2);
      String value = attribute.length == 2 ? attribute[1].strip() : "";
      switch (attribute[0].strip().toLowerCase(Locale.ROOT)) {
        case "domain" -> {
          domain = value.toLowerCase(Locale.ROOT).replaceFirst("^\\.", "");
          isHostOnly = domain.isEmpty();
          domain = isHostOnly ? from.address() : domain;
        }
        case "path" -> path = value.startsWith("/") ? value : path;
        case "max-age" ->
            untilByAge = value.matches("-?[0-9]+") ? Optional.of(after(value, now)) : untilByAge;
        case "secure" -> isSecure = true;
        case "expires" -> untilByDate = HttpDate.parse(value);
        default -> {}
      }
    }
    Instant until = untilByAge.isPresent() ? untilByAge.get() : untilByDate.orElse(Instant.MAX);
    Cookie cookie =
        new Cookie(
            parts[0].substring(0, equals).strip(),
            parts[0].substring(equals + 1).strip(),
            domain,
            isHostOnly,
            path,
            isSecure,
            !now.isBefore(until),
            until);
    return cookie.mayBeSetBy(from) ? Optional.of(cookie) : Optional.empty();
  }

  /** Omits name and value, which are as good as a password while they last. */
  @Override
  public String toString() {
    return "Cookie[" + domain + "]";
  }

  /** Whether the cookie is sent to {@code hop}. */
  boolean belongsTo(HttpUrl hop) {
    return isOnDomain(hop.address()) && isOnPath(hop.path()) && (hop.tls() || !isSecure);
  }

  /** Whether it has not expired. */
  boolean isLive(Instant now) {
    return now.isBefore(until);
  }

  boolean hasIdentityOf(Cookie other) {
    return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
  }

  /** False for a top-level domain or a foreign host, which would expose the cookie to others. */
  private boolean mayBeSetBy(HttpUrl from) {
    return isHostOnly || (domain.indexOf('.') > 0 && isOnDomain(from.address()));
  }

  private boolean isOnDomain(String host) {
    boolean isLiteral = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    return host.equals(domain) || (!isHostOnly && !isLiteral && host.endsWith("." + domain));
  }

  private boolean isOnPath(String asked) {
    return asked.equals(path)
        || (asked.startsWith(path) && (path.endsWith("/") || asked.charAt(path.length()) == '/'));
  }

  private static Instant after(String maxAge, Instant now) {
    if (maxAge.startsWith("-")) {
      return now;
    }
    return maxAge.length() > MOST_AGE_DIGITS
        ? Instant.MAX
        : now.plusSeconds(Long.parseLong(maxAge));
  }

  private static String folder(String path) {
    return path.lastIndexOf('/') <= 0 ? "/" : path.substring(0, path.lastIndexOf('/'));
  }
}
