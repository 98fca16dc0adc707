package streamcache.playback;

import java.util.Locale;
import java.util.Optional;

/**
 * The header fields by which television sets and other devices of DLNA learn whether they may seek.
 * They are sent only to those that ask. Pure.
 */
public final class Dlna {

  private static final String SUFFIX = ".dlna.org";
  private static final String ASKS_FEATURES = "getcontentFeatures.dlna.org";
  private static final String TRANSFER_MODE = "transferMode.dlna.org";

  /** Seeking by bytes, not by time. */
  private static final String SEEKABLE = "DLNA.ORG_OP=01";

  private static final String NOT_SEEKABLE = "DLNA.ORG_OP=00";

  /**
   * Not converted; DLNA 1.5, streaming and background transfer, and a stalled connection is kept.
   */
  private static final String REST =
      ";DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000000000000000000000000000";

  private static final String USUAL_MODE = "Streaming";

  private Dlna() {}

  /**
   * Whether a request has fields of DLNA. Asked for every response: it costs one pass over the
   * names.
   */
  public static boolean concerns(Request request) {
    for (Headers.Field field : request.headers().fields()) {
      if (isOfDlna(field.name())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfDlna(String name) {
    int start = name.length() - SUFFIX.length();
    return name.regionMatches(/* ignoreCase= */ true, start, SUFFIX, 0, SUFFIX.length());
  }

  /**
   * Adds to the response what the request asks for in DLNA's terms, if it does.
   *
   * @param isSeekable whether any range is answered without waiting for the bytes before it
   */
  public static void answer(Request request, Headers response, boolean isSeekable) {
    boolean asksFeatures = request.headers().first(ASKS_FEATURES).filter("1"::equals).isPresent();
    Optional<String> mode = request.headers().first(TRANSFER_MODE).map(Dlna::known);
    if (asksFeatures) {
      response.add("contentFeatures.dlna.org", (isSeekable ? SEEKABLE : NOT_SEEKABLE) + REST);
    }
    if (asksFeatures || mode.isPresent()) {
      response.add(TRANSFER_MODE, mode.orElse(USUAL_MODE));
    }
  }

  /** The mode as DLNA writes it; the usual one of films for anything else. */
  private static String known(String mode) {
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "interactive" -> "Interactive";
      case "background" -> "Background";
      default -> USUAL_MODE;
    };
  }
}
