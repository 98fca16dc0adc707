package streamcache.seerr;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one element of a path says: a file name without its extension, or a folder. Pure.
 *
 * @param title what remains when everything else is removed; may be empty
 * @param isSeasonFolder whether it names a season and nothing else
 */
record NameElement(
    Optional<CatalogueId> id,
    String title,
    OptionalInt year,
    OptionalInt season,
    OptionalInt episode,
    boolean isSeasonFolder) {

  /** As Jellyfin, Emby, Plex and Kodi write them, in any kind of brackets. */
  private static final Pattern TAG =
      Pattern.compile("(?i)[\\[({]\\s*(tmdb|imdb|tvdb)(?:id)?\\s*[-=: ]\\s*(\\w+)\\s*[\\])}]");

  private static final Pattern BARE_IMDB = Pattern.compile("(?i)(?<![a-z0-9])(tt[0-9]{7,9})\\b");

  private static final Pattern EPISODE =
      Pattern.compile(
          "(?i)(?<![a-z0-9])(?:s([0-9]{1,3})[ ._-]{0,2}e(?:p[ ._]?)?([0-9]{1,4})"
              + "|([0-9]{1,2})x([0-9]{2,3})(?![0-9])"
              + "|(?:season|staffel|saison)[ ._-]*([0-9]{1,3})[ ,._-]*"
              + "(?:episode|folge|[eé]pisode)[ ._-]*([0-9]{1,4}))(?![0-9])");

  private static final Pattern EPISODE_ALONE =
      Pattern.compile("(?i)(?<![a-z0-9])(?:episode|folge|ep)[ ._-]*([0-9]{1,4})(?![0-9])");

  private static final Pattern SEASON_FOLDER =
      Pattern.compile(
          "(?i)(?:season|series|staffel|saison|temporada|stagione|s)[ ._-]*([0-9]{1,3})");

  private static final Pattern SPECIALS = Pattern.compile("(?i)specials?|extras");

  static NameElement read(String written) {
    String text = written.strip();
    Optional<CatalogueId> id = id(text);
    String named = BARE_IMDB.matcher(TAG.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
    OptionalInt season = seasonFolder(named);
    if (season.isPresent()) {
      return new NameElement(id, "", OptionalInt.empty(), season, OptionalInt.empty(), true);
    }
    Matcher episode = EPISODE.matcher(named);
    if (episode.find() && (episode.start() > 0 || !hasYearBehind(named, episode))) {
      TitleAndYear before = TitleAndYear.read(named.substring(0, episode.start()));
      return new NameElement(
          id,
          before.title(),
          before.year(),
          group(episode, 1, 3, 5),
          group(episode, 2, 4, 6),
          /* isSeasonFolder= */ false);
    }
    Matcher alone = EPISODE_ALONE.matcher(named);
    if (alone.matches()) {
      return new NameElement(
          id, "", OptionalInt.empty(), OptionalInt.empty(), group(alone, 1), false);
    }
    TitleAndYear whole = TitleAndYear.read(named);
    return new NameElement(
        id, whole.title(), whole.year(), OptionalInt.empty(), OptionalInt.empty(), false);
  }

  /** The most preferred id in the text; a tag whose value is not a valid id is ignored. */
  private static Optional<CatalogueId> id(String text) {
    Optional<CatalogueId> best =
        TAG.matcher(text)
            .results()
            .flatMap(tag ->
                CatalogueId.of(
                    CatalogueId.Catalogue.valueOf(tag.group(1).toUpperCase(Locale.ROOT)),
                    tag.group(2))
                    .stream())
            .min((left, right) -> left.catalogue().compareTo(right.catalogue()));
    Matcher bare = BARE_IMDB.matcher(text);
    return best.isEmpty() && bare.find()
        ? CatalogueId.of(CatalogueId.Catalogue.IMDB, bare.group(1))
        : best;
  }

  private static OptionalInt seasonFolder(String text) {
    Matcher season = SEASON_FOLDER.matcher(text);
    if (season.matches()) {
      return group(season, 1);
    }
    return SPECIALS.matcher(text).matches() ? OptionalInt.of(0) : OptionalInt.empty();
  }

  /** Detects a film whose title looks like an episode, such as {@code 10x10 (2018)}. */
  private static boolean hasYearBehind(String named, Matcher episode) {
    return TitleAndYear.read(named.substring(episode.start())).year().isPresent();
  }

  private static OptionalInt group(Matcher found, int... groups) {
    for (int group : groups) {
      if (found.group(group) != null) {
        return OptionalInt.of(Integer.parseInt(found.group(group)));
      }
    }
    return OptionalInt.empty();
  }
}
