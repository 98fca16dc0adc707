package streamcache.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/**
 * Identifies images of optical discs (ISO 9660 and UDF), which players open like films; pure. Their
 * mark comes only after 32 KiB that are mostly zeros.
 */
public final class DiscImage {

  /** The type sent to players; as {@code video/mp4} they would look for a film's index. */
  static final String TYPE = "application/x-iso9660-image";

  /** The first volume descriptor: ECMA-119 section 8.1 and ECMA-167 section 2/9.1. */
  private static final int MARK = 32 * 1024 + 1;

  /** The system area before it, which is empty unless the disc boots a machine. */
  private static final int EMPTY = 32 * 1024;

  /** Bytes needed to identify an image. */
  public static final int ENOUGH = MARK + 5;

  private DiscImage() {}

  /** The media type if these bytes begin an image; empty if not, or if there are too few. */
  static Optional<String> type(byte[] first) {
    if (first.length < ENOUGH) {
      return Optional.empty();
    }
    String mark = new String(first, MARK, ENOUGH - MARK, ISO_8859_1);
    return mark.equals("CD001") || mark.equals("BEA01") || mark.equals("NSR02")
        ? Optional.of(TYPE)
        : Optional.empty();
  }

  /** Whether these first bytes may begin an image, so that more of them tell. */
  public static boolean isPossible(byte[] first) {
    int end = Math.min(first.length, EMPTY);
    for (int at = 0; at < end; at++) {
      if (first[at] != 0) {
        return false;
      }
    }
    return end > 0;
  }

  /** Whether this type, without parameters and in lower case, declares an image. */
  static boolean isDeclared(String essence) {
    return switch (essence) {
      case TYPE,
          "application/x-cd-image",
          "application/vnd.efi.iso",
          "application/vnd.efi.img",
          "application/x-iso",
          "application/iso-image",
          "application/x-iso-image",
          "application/x-raw-disk-image" ->
          true;
      default -> false;
    };
  }
}
