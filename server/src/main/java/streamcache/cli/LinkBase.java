package streamcache.cli;

import streamcache.settings.BaseUrl;
import streamcache.settings.RoomSettings;

/** What the links of this server begin with. */
final class LinkBase {

  private LinkBase() {}

  /** {@code BASE_URL}, else the name and the port of this machine; no slash at the end. */
  static String of(RoomSettings settings) {
    return of(settings, settings.listen().port());
  }

  /**
   * @param port the port that the server listens on
   */
  static String of(RoomSettings settings, int port) {
    String scheme = settings.tls().isPresent() ? "https" : "http";
    return settings
        .link()
        .baseUrl()
        .map(BaseUrl::toString)
        .orElseGet(() -> "%s://%s:%d".formatted(scheme, Serve.host(), port));
  }
}
