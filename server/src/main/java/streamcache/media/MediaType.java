package streamcache.media;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content type sent to players; pure. Players refuse or misjudge films that come as
 * application/octet-stream, so the result is always a media type.
 */
public final class MediaType {

  /** Used if nothing is known: the one type that every player and browser tries. */
  private static final String GUESS = "video/mp4";

  private static final Pattern ESSENCE =
      Pattern.compile("\\s*([a-z]+/[a-z0-9.+_-]+)\\s*(?:[;,].*)?");

  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("mkv", "video/x-matroska"),
          Map.entry("mk3d", "video/x-matroska"),
          Map.entry("webm", "video/webm"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("m4v", "video/mp4"),
          Map.entry("mov", "video/quicktime"),
          Map.entry("avi", "video/x-msvideo"),
          Map.entry("divx", "video/x-msvideo"),
          Map.entry("ts", "video/mp2t"),
          Map.entry("m2ts", "video/mp2t"),
          Map.entry("mts", "video/mp2t"),
          Map.entry("mpg", "video/mpeg"),
          Map.entry("mpeg", "video/mpeg"),
          Map.entry("vob", "video/mpeg"),
          Map.entry("flv", "video/x-flv"),
          Map.entry("wmv", "video/x-ms-wmv"),
          Map.entry("asf", "video/x-ms-asf"),
          Map.entry("ogv", "video/ogg"),
          Map.entry("ogm", "video/ogg"),
          Map.entry("3gp", "video/3gpp"),
          Map.entry("rm", "application/vnd.rn-realmedia"),
          Map.entry("rmvb", "application/vnd.rn-realmedia"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("m4b", "audio/mp4"),
          Map.entry("aac", "audio/aac"),
          Map.entry("flac", "audio/flac"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("opus", "audio/ogg"),
          Map.entry("wav", "audio/wav"),
          Map.entry("wma", "audio/x-ms-wma"),
          Map.entry("mka", "audio/x-matroska"),
          Map.entry("iso", DiscImage.TYPE));

  private MediaType() {}

  /**
   * The type of a disc image if it is one; else the provider's type if it is video or audio; else
   * from the first name whose extension is known; else from the first bytes; else a guess.
   *
   * @param provider Content-Type as written
   * @param names file names, best first
   * @param first the file's first bytes, or none if they are not available yet
   */
  public static String forPlayers(Optional<String> provider, List<String> names, byte[] first) {
    Optional<String> declared = provider.flatMap(MediaType::essence);
    return DiscImage.type(first)
        .or(() -> declared.filter(DiscImage::isDeclared).map(_ -> DiscImage.TYPE))
        .or(() -> declared.filter(MediaType::isVideoOrAudio))
        .or(() -> names.stream().flatMap(name -> byExtension(name).stream()).findFirst())
        .or(() -> MediaSniff.type(first))
        .orElse(GUESS);
  }

  /** Type and subtype without parameters, in lower case; empty if it is not a type at all. */
  public static Optional<String> essence(String written) {
    Matcher type = ESSENCE.matcher(written.toLowerCase(Locale.ROOT));
    return type.matches() ? Optional.of(type.group(1)) : Optional.empty();
  }

  /** Whether a body of this type counts as media by the type alone. */
  public static boolean isTrusted(String essence) {
    return switch (essence) {
      case "application/octet-stream",
          "binary/octet-stream",
          "application/mp4",
          "application/ogg",
          "application/mxf",
          "application/x-matroska",
          "application/vnd.rn-realmedia",
          "application/force-download",
          "application/x-download",
          "application/download" ->
          true;
      default -> isVideoOrAudio(essence) || DiscImage.isDeclared(essence);
    };
  }

  /**
   * Whether this is an MPEG transport stream.
   *
   * @param written as the provider wrote it
   */
  public static boolean isTransportStream(String written) {
    return essence(written)
        .filter(essence -> essence.endsWith("/mp2t") || essence.endsWith("/mpegts"))
        .isPresent();
  }

  /** Whether this is a playlist, not a film. */
  public static boolean isPlaylist(String essence) {
    return essence.contains("mpegurl") || essence.contains("dash+xml");
  }

  private static boolean isVideoOrAudio(String essence) {
    return (essence.startsWith("video/") || essence.startsWith("audio/")) && !isPlaylist(essence);
  }

  private static Optional<String> byExtension(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_EXTENSION.get(extension));
  }
}
