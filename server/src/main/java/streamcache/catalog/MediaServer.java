package streamcache.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The programs whose naming rules a library can follow. */
public enum MediaServer {
  JELLYFIN("[tmdbid-%s]", "[imdbid-%s]"),
  EMBY("[tmdbid-%s]", "[imdbid-%s]"),
  KODI("{tmdb-%s}", "{imdb-%s}"),
  PLEX("{tmdb-%s}", "{imdb-%s}");

  private final String tmdb;
  private final String imdb;

  MediaServer(String tmdb, String imdb) {
    this.tmdb = tmdb;
    this.imdb = imdb;
  }

  /** As written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty if no program has that name. */
  public static Optional<MediaServer> of(String word) {
    return Arrays.stream(values()).filter(server -> server.word().equals(word)).findFirst();
  }

  /** The part of a folder name that identifies the work; an empty string if no number is known. */
  String tag(WorkIds ids) {
    return ids.tmdb().map(tmdb::formatted).or(() -> ids.imdb().map(imdb::formatted)).orElse("");
  }
}
