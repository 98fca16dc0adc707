package streamcache.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Links to what the peer serves. */
final class Links {

  static final int PROVIDER_PORT = 28391;

  private Links() {}

  /** The same film under as many titles as wanted: the query makes the key another one. */
  static String film(String query) {
    return of(PROVIDER_PORT, "/" + Film.NAME + query);
  }

  /** A film small enough to be there before the next title is asked for. */
  static String small(String query) {
    return of(PROVIDER_PORT, "/" + Film.SMALL_NAME + query);
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
