package streamcache.origin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Optional;

/** What the first bytes of a file are; pure. Containers known by their marks, else text or not. */
public final class MediaSniff {

  /** As many bytes as a look at a file needs: two packets of a transport stream and more. */
  public static final int ENOUGH = 512;

  private static final int PACKET = 188;
  private static final int PACKET_WITH_TIME = 192;

  private MediaSniff() {}

  /** The media type of the container that begins with these bytes; empty when none is known. */
  public static Optional<String> type(byte[] first) {
    String text = new String(first, 0, Math.min(first.length, ENOUGH), ISO_8859_1);
    if (text.startsWith("\u001aE\u00df\u00a3")) {
      return Optional.of(text.contains("webm") ? "video/webm" : "video/x-matroska");
    }
    if (text.startsWith("RIFF")) {
      return riff(text);
    }
    if (isTransportStream(first)) {
      return Optional.of("video/mp2t");
    }
    return box(text).or(() -> marked(text));
  }

  /** Whether these bytes are a list of addresses (m3u, m3u8). */
  static boolean isPlaylist(byte[] first) {
    return leading(first).startsWith("#EXTM3U");
  }

  /** Whether these bytes are for people or programs: markup, JSON, plain text. */
  static boolean isText(byte[] first) {
    if (type(first).isPresent()) {
      return false;
    }
    for (byte b : first) {
      boolean isControl = (b & 0xff) < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f';
      if (isControl || b == 0x7f) {
        return false;
      }
    }
    return first.length > 0;
  }

  /** Whether these bytes begin as HTML or XML, whatever follows. */
  static boolean isMarkup(byte[] first) {
    String text = leading(first).toLowerCase(Locale.ROOT);
    return text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<?xml");
  }

  private static String leading(byte[] first) {
    String text = new String(first, 0, Math.min(first.length, ENOUGH), ISO_8859_1);
    return text.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading();
  }

  private static Optional<String> riff(String text) {
    if (text.startsWith("AVI", 8)) {
      return Optional.of("video/x-msvideo");
    }
    return text.startsWith("WAVE", 8) ? Optional.of("audio/wav") : Optional.empty();
  }

  private static Optional<String> box(String text) {
    if (text.length() < 12) {
      return Optional.empty();
    }
    return switch (text.substring(4, 8)) {
      case "ftyp" ->
          Optional.of(
              switch (text.substring(8, 12)) {
                case "qt  " -> "video/quicktime";
                case "M4A ", "M4B " -> "audio/mp4";
                default -> "video/mp4";
              });
      case "moov", "mdat", "moof", "styp" -> Optional.of("video/mp4");
      case "wide", "pnot" -> Optional.of("video/quicktime");
      default -> Optional.empty();
    };
  }

  private static Optional<String> marked(String text) {
    if (text.startsWith("FLV\u0001")) {
      return Optional.of("video/x-flv");
    }
    if (text.startsWith("OggS")) {
      return Optional.of("video/ogg");
    }
    if (text.startsWith("\0\0\u0001\u00ba") || text.startsWith("\0\0\u0001\u00b3")) {
      return Optional.of("video/mpeg");
    }
    if (text.startsWith("0&\u00b2u\u008ef\u00cf\u0011")) {
      return Optional.of("video/x-ms-asf");
    }
    if (text.startsWith(".RMF")) {
      return Optional.of("application/vnd.rn-realmedia");
    }
    return sound(text);
  }

  private static Optional<String> sound(String text) {
    if (text.startsWith("fLaC")) {
      return Optional.of("audio/flac");
    }
    if (text.startsWith("\u00ff\u00f1") || text.startsWith("\u00ff\u00f9")) {
      return Optional.of("audio/aac");
    }
    boolean isLayer3 =
        text.length() > 1 && text.charAt(0) == 0xff && (text.charAt(1) & 0xe6) == 0xe2;
    return text.startsWith("ID3") || isLayer3 ? Optional.of("audio/mpeg") : Optional.empty();
  }

  private static boolean isTransportStream(byte[] first) {
    return isSynced(first, 0, PACKET) || isSynced(first, 4, PACKET_WITH_TIME);
  }

  /** One mark alone is the letter G: at least two packets have to agree. */
  private static boolean isSynced(byte[] first, int at, int packet) {
    return first.length > at + packet && first[at] == 0x47 && first[at + packet] == 0x47;
  }
}
