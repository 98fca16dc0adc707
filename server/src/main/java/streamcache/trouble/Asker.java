package streamcache.trouble;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import streamcache.playback.Headers;

/**
 * The kind of client, as far as it decides the form of an error; derived from the header fields.
 */
enum Asker {
  /** A player with a person in front of it. */
  PLAYER,
  /**
   * A media server or its tools. They record what they see of a title, so a video that is not the
   * title may do harm.
   */
  MEDIA_SERVER,
  /** A web page in a browser, a program, a person with curl. */
  OTHER;

  /** Checked first: the libraries of players use the same names as the tools of servers. */
  private static final List<String> SERVERS = List.of("lavf/", "jellyfin-server/", "emby");

  private static final List<String> PLAYERS =
      List.of(
          "libmpv",
          "vlc/",
          "gstreamer",
          "kodi",
          "exoplayer",
          "androidxmedia3",
          "applecoremedia",
          "stremio");

  /** Names of ffmpeg-based players that do not keep its name. */
  private static final List<String> LIBRARIES = List.of("lavf", "libav", "ffmpeg");

  static Asker of(Headers request) {
    String agent = request.first("User-Agent").orElse("").toLowerCase(Locale.ROOT);
    if (names(agent, SERVERS)) {
      return MEDIA_SERVER;
    }
    if (names(agent, PLAYERS) || isForMedia(request)) {
      return PLAYER;
    }
    boolean isRadio = request.first("Icy-MetaData").isPresent();
    return isRadio && names(agent, LIBRARIES) ? PLAYER : OTHER;
  }

  /**
   * Whether a browser's video or audio element sent the request. Browsers say so in Sec-Fetch-Dest,
   * whatever Accept says. Over plain HTTP to other machines they do not; Chromium is then
   * recognised by its Accept-Encoding, Firefox by media types in Accept.
   */
  private static boolean isForMedia(Headers request) {
    Optional<String> destination = request.first("Sec-Fetch-Dest").map(String::strip);
    if (destination.isPresent()) {
      return destination.get().equalsIgnoreCase("video")
          || destination.get().equalsIgnoreCase("audio");
    }
    String accept = request.first("Accept").orElse("");
    return request.first("User-Agent").orElse("").startsWith("Mozilla/")
        && (request.first("Accept-Encoding").orElse("").equals("identity;q=1, *;q=0")
            || accept.startsWith("video/")
            || accept.startsWith("audio/"));
  }

  private static boolean names(String agent, List<String> words) {
    return words.stream().anyMatch(agent::contains);
  }
}
