package streamcache.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Links to what the peer server serves. */
final class PeerLinks {

  static final int PROVIDER_PORT = 28391;

  private PeerLinks() {}

  /** Returns the same film under any number of titles: the query changes the key. */
  static String film(String query) {
    return of(PROVIDER_PORT, "/" + MeasuredFilm.NAME + query);
  }

  /** A film small enough to arrive before the next title is requested. */
  static String small(String query) {
    return of(PROVIDER_PORT, "/" + MeasuredFilm.SMALL_NAME + query);
  }

  /** A film of which many stay in memory. */
  static String part(String query) {
    return of(PROVIDER_PORT, "/" + MeasuredFilm.PART_NAME + query);
  }

  /** A film of a few kilobytes. */
  static String tiny(String query) {
    return of(PROVIDER_PORT, "/" + MeasuredFilm.TINY_NAME + query);
  }

  /** The film from a provider that sends each connection at twice the film's rate. */
  static String paced(String query) {
    return of(PROVIDER_PORT, "/paced/" + MeasuredFilm.NAME + query);
  }

  static String of(int port, String path) {
    return of("http://127.0.0.1:" + port + path);
  }

  static String of(String url) {
    return "/u/"
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(url.getBytes(StandardCharsets.UTF_8));
  }
}
