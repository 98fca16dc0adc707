package streamcache.catalog;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * Where media servers look for a film or an episode: {@code Movies/Title (Year) [tmdbid-1]/Title
 * (Year) [tmdbid-1].strm} and {@code Shows/Series (Year)/Season 01/Series - S01E02.strm}. One
 * thread.
 */
final class Naming {

  private static final String FILMS = "Movies/";
  private static final String SERIES = "Shows/";

  private final MediaServer server;
  private final SafeName names = SafeName.ofSystem();

  Naming(MediaServer server) {
    this.server = server;
  }

  Place of(FilmEntry film) {
    String name = work(film.title(), film.year(), film.ids());
    return new Place(FILMS + name, name);
  }

  Place of(EpisodeEntry episode) {
    String folder = seriesFolder(episode) + "/Season " + twoDigits(episode.season());
    String numbers = " - S" + twoDigits(episode.season()) + "E" + twoDigits(episode.number());
    return new Place(folder, names.of(episode.series(), numbers));
  }

  /** Where the description of the whole series is. */
  Place series(EpisodeEntry episode) {
    return new Place(seriesFolder(episode), "tvshow");
  }

  private String seriesFolder(EpisodeEntry episode) {
    return SERIES + work(episode.series(), episode.year(), episode.ids());
  }

  private String work(String title, OptionalInt year, WorkIds ids) {
    String tag = server.tag(ids);
    String dated = year.isPresent() ? " (" + year.getAsInt() + ")" : "";
    return names.of(title, dated + (tag.isEmpty() ? "" : " " + tag));
  }

  private static String twoDigits(int number) {
    return String.format(Locale.ROOT, "%02d", number);
  }
}
