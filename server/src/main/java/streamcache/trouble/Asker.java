package streamcache.trouble;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import streamcache.playback.Headers;

/** Who asks, as far as it matters for what an error looks like; told by the request's fields. */
enum Asker {
  /** A player with a person in front of it. */
  PLAYER,
  /**
   * A media server or its tools: they note what they see of a title, so that a video that is not
   * the title may do harm.
   */
  MEDIA_SERVER,
  /** A browser's page, a program, a person with curl. */
  OTHER;

  /** Looked for first: players' libraries name themselves like servers' tools. */
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

  /** What players built on ffmpeg call themselves when they do not keep its name. */
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
   * A browser says when its video element asks, whatever Accept says; but over plain HTTP to other
   * machines only by the way it accepts: Chromium by this encoding, Firefox by types of video.
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
