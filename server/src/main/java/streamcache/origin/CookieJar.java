package streamcache.origin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamcache.link.HttpUrl;

/**
 * The cookies of one redirect chain, and those set for its title before. They never reach the
 * player or another title. Used by one thread.
 */
final class CookieJar {

  /** A provider needs one or two cookies; more is an attack or a fault. */
  private static final int MOST = 50;

  private final List<Cookie> cookies;

  CookieJar(List<Cookie> cookies) {
    this.cookies = new ArrayList<>(cookies);
  }

  /** Stores one Set-Cookie line of a response from {@code hop}. */
  void take(String line, HttpUrl hop, Instant now) {
    Optional<Cookie> parsed = Cookie.parse(line, hop, now);
    if (parsed.isEmpty()) {
      return;
    }
    Cookie cookie = parsed.get();
    cookies.removeIf(cookie::hasIdentityOf);
    if (!cookie.isGone() && cookies.size() < MOST) {
      cookies.add(cookie);
    }
  }

  /**
   * The Cookie header for {@code hop}.
   *
   * @param own the link's own Cookie value, if it may be sent there
   */
  Optional<String> header(HttpUrl hop, Optional<String> own) {
    Stream<String> found =
        cookies.stream()
            .filter(cookie -> cookie.belongsTo(hop))
            .map(cookie -> cookie.name() + "=" + cookie.value());
    String header = Stream.concat(own.stream(), found).collect(Collectors.joining("; "));
    return header.isEmpty() ? Optional.empty() : Optional.of(header);
  }

  List<Cookie> cookies() {
    return List.copyOf(cookies);
  }
}
