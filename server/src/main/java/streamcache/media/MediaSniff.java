package streamcache.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/** Identifies the container of a file by the marks in its first bytes; pure. */
public final class MediaSniff {

  /** Bytes needed to identify a film: more than two packets of a transport stream. */
  public static final int ENOUGH = 512;

  private static final String EBML = "\u001aE\u00df\u00a3";
  private static final int PACKET = 188;
  private static final int PACKET_WITH_TIME = 192;

  /** The head of a Matroska file names its kind within this many bytes. */
  private static final int EBML_HEAD = 64;

  private MediaSniff() {}

  /** Whether these first bytes suffice for {@link #type}, so that more would tell the same. */
  public static boolean isSure(byte[] first) {
    String text = new String(first, ISO_8859_1);
    boolean isOpen =
        text.startsWith(EBML)
            && first.length < EBML_HEAD
            && !text.contains("webm")
            && !text.contains("matroska");
    return !isOpen && type(first).isPresent();
  }

  /** The media type of the container that begins with these bytes; empty if unknown. */
  public static Optional<String> type(byte[] first) {
    String text = new String(first, 0, Math.min(first.length, ENOUGH), ISO_8859_1);
    if (text.startsWith(EBML)) {
      return Optional.of(text.contains("webm") ? "video/webm" : "video/x-matroska");
    }
    if (text.startsWith("RIFF")) {
      return riff(text);
    }
    if (isTransportStream(first)) {
      return Optional.of("video/mp2t");
    }
    return box(text).or(() -> marked(text)).or(() -> DiscImage.type(first));
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
      case "ftyp" -> brand(text.substring(8, 12));
      case "moov", "mdat", "moof", "styp" -> Optional.of("video/mp4");
      case "wide", "pnot" -> Optional.of("video/quicktime");
      default -> Optional.empty();
    };
  }

  /** Images use the same box as films. */
  private static Optional<String> brand(String brand) {
    return switch (brand) {
      case "avif", "avis", "heic", "heix", "heim", "heis", "mif1", "msf1" -> Optional.empty();
      case "qt  " -> Optional.of("video/quicktime");
      case "M4A ", "M4B " -> Optional.of("audio/mp4");
      default -> Optional.of("video/mp4");
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
    if (text.startsWith("\u0006\u000e+4\u0002\u0005\u0001\u0001")) {
      return Optional.of("application/mxf");
    }
    if (text.startsWith("\u00b7\u00d8\0 7I\u00da\u0011")) {
      return Optional.of("video/x-ms-wtv");
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

  /** A single sync byte is the letter G, so at least two packets have to agree. */
  private static boolean isSynced(byte[] first, int at, int packet) {
    return first.length > at + packet && first[at] == 0x47 && first[at + packet] == 0x47;
  }
}
