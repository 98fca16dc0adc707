package streamcache.origin;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One cookie a provider set on the way of a redirect chain.
 *
 * @param domain host it belongs to
 * @param isHostOnly whether hosts below {@code domain} are left out
 * @param path prefix of the paths it belongs to
 * @param isSecure never sent in clear; also set for what came over TLS without saying so
 * @param isGone the provider deletes it
 */
record Cookie(
    String name,
    String value,
    String domain,
    boolean isHostOnly,
    String path,
    boolean isSecure,
    boolean isGone) {

  /** What a Set-Cookie line means; empty when it is not one, or is for somebody else's host. */
  static Optional<Cookie> parse(String line, Target from, Instant now) {
    String[] parts = line.split(";", -1);
    int equals = parts[0].indexOf('=');
    if (equals <= 0) {
      return Optional.empty();
    }
    String domain = from.host();
    boolean isHostOnly = true;
    String path = folder(from.pathOnly());
    boolean isGone = false;
    // What came over TLS is not repeated in clear, whether it says so or not.
    boolean isSecure = from.isSecure();
    for (int i = 1; i < parts.length; i++) {
      String[] attribute = parts[i].split("=", 2);
      String value = attribute.length == 2 ? attribute[1].strip() : "";
      switch (attribute[0].strip().toLowerCase(Locale.ROOT)) {
        case "domain" -> {
          domain = value.toLowerCase(Locale.ROOT).replaceFirst("^\\.", "");
          isHostOnly = domain.isEmpty();
          domain = isHostOnly ? from.host() : domain;
        }
        case "path" -> path = value.startsWith("/") ? value : path;
        case "max-age" -> isGone = value.startsWith("-") || value.equals("0");
        case "secure" -> isSecure = true;
        case "expires" -> isGone = HttpDate.parse(value).filter(now::isAfter).isPresent();
        default -> {}
      }
    }
    Cookie cookie =
        new Cookie(
            parts[0].substring(0, equals).strip(),
            parts[0].substring(equals + 1).strip(),
            domain,
            isHostOnly,
            path,
            isSecure,
            isGone);
    return cookie.mayBeSetBy(from) ? Optional.of(cookie) : Optional.empty();
  }

  /** Without name and value, which are a password while they last. */
  @Override
  public String toString() {
    return "Cookie[" + domain + "]";
  }

  /** Whether it goes along to {@code hop}. */
  boolean belongsTo(Target hop) {
    return isOnDomain(hop.host()) && isOnPath(hop.pathOnly()) && (hop.isSecure() || !isSecure);
  }

  boolean hasIdentityOf(Cookie other) {
    return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
  }

  /** A top-level domain or somebody else's host would hand the cookie to strangers. */
  private boolean mayBeSetBy(Target from) {
    return isHostOnly || (domain.indexOf('.') > 0 && isOnDomain(from.host()));
  }

  private boolean isOnDomain(String host) {
    boolean isLiteral = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    return host.equals(domain) || (!isHostOnly && !isLiteral && host.endsWith("." + domain));
  }

  private boolean isOnPath(String asked) {
    return asked.equals(path)
        || (asked.startsWith(path) && (path.endsWith("/") || asked.charAt(path.length()) == '/'));
  }

  private static String folder(String path) {
    return path.lastIndexOf('/') <= 0 ? "/" : path.substring(0, path.lastIndexOf('/'));
  }
}
