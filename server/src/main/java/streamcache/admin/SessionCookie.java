package streamcache.admin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamcache.playback.Request;

/**
 * The cookie of a session (RFC 6265). No script can read it, and no browser sends it with a request
 * that another site has caused. It is not bound to https, since most houses have none.
 */
final class SessionCookie {

  private static final String NAME = "streamcache-session";
  private static final String RULES = "; Path=/; HttpOnly; SameSite=Strict";
  private static final Pattern VALUE =
      Pattern.compile("(?:^|;\\s*)" + NAME + "=([A-Za-z0-9_-]{20,100})(?:;|$)");

  private SessionCookie() {}

  /** The session's id in a request. */
  static Optional<String> of(Request request) {
    Matcher cookie = VALUE.matcher(request.headers().joined("Cookie").orElse(""));
    return cookie.find() ? Optional.of(cookie.group(1)) : Optional.empty();
  }

  static String begin(String id) {
    return NAME + "=" + id + RULES + "; Max-Age=" + Sessions.LIFE.toSeconds();
  }

  static String end() {
    return NAME + "=" + RULES + "; Max-Age=0";
  }
}
