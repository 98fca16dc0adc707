package streamcache.catalog;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import streamcache.link.Links;
import streamcache.link.TitleKey;

/**
 * Decides what an item of a playlist is. The folders of its URL are certain; then its type
 * attribute, its file extension, season and episode in its name, its playing time and a year in its
 * name count, in this order. The rest are channels. Pure; any thread.
 */
final class Classification {

  private static final Map<String, EntryKind> TYPES =
      Map.of(
          "movie", EntryKind.FILM,
          "movies", EntryKind.FILM,
          "vod", EntryKind.FILM,
          "series", EntryKind.SERIES,
          "tvshow", EntryKind.SERIES,
          "tvshows", EntryKind.SERIES,
          "live", EntryKind.LIVE);

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String UNNAMED = "Untitled";

  private final Links links;

  /**
   * @param links knows which parts of a provider's URLs do not distinguish titles
   */
  Classification(Links links) {
    this.links = links;
  }

  CatalogEntry of(PlaylistItem item) {
    TargetPath path = TargetPath.of(item.target());
    String name = BLANKS.matcher(item.name()).replaceAll(" ").strip();
    Optional<EpisodeName> episode = EpisodeName.read(name);
    return switch (kind(item, path, name, episode)) {
      case LIVE -> channel(item, path, name);
      case SERIES ->
          episode
              .<CatalogEntry>map(numbers -> episode(item, path, numbers))
              .orElseGet(() -> film(item, path, name));
      case FILM -> film(item, path, name);
    };
  }

  private static EntryKind kind(
      PlaylistItem item, TargetPath path, String name, Optional<EpisodeName> episode) {
    Optional<EntryKind> known = path.kind().or(() -> type(item));
    if (known.isPresent()) {
      return known.get();
    }
    if (episode.isPresent()) {
      return EntryKind.SERIES;
    }
    boolean isFilm =
        path.isFile() || item.seconds() > 0 || YearedTitle.read(name).year().isPresent();
    return isFilm ? EntryKind.FILM : EntryKind.LIVE;
  }

  private static Optional<EntryKind> type(PlaylistItem item) {
    Map<String, String> attributes = item.attributes();
    String type = attributes.getOrDefault("tvg-type", attributes.getOrDefault("type", ""));
    return Optional.ofNullable(TYPES.get(type.toLowerCase(Locale.ROOT)));
  }

  private FilmEntry film(PlaylistItem item, TargetPath path, String name) {
    YearedTitle titled = YearedTitle.read(name);
    return new FilmEntry(
        sourceId(item, path),
        titled.title().isEmpty() ? UNNAMED : titled.title(),
        titled.year(),
        ids(item),
        item.group(),
        item.target());
  }

  /** An episode whose name lacks the series is often in a group named after it. */
  private EpisodeEntry episode(PlaylistItem item, TargetPath path, EpisodeName numbers) {
    YearedTitle named = YearedTitle.read(numbers.series());
    YearedTitle series = named.title().isEmpty() ? YearedTitle.read(item.group()) : named;
    OptionalInt year = series.year();
    return new EpisodeEntry(
        sourceId(item, path),
        series.title().isEmpty() ? UNNAMED : series.title(),
        year,
        ids(item),
        numbers.season(),
        numbers.number(),
        numbers.title(),
        item.group(),
        item.target());
  }

  private ChannelEntry channel(PlaylistItem item, TargetPath path, String name) {
    Map<String, String> attributes = new LinkedHashMap<>(item.attributes());
    attributes.remove("group-title");
    return new ChannelEntry(
        sourceId(item, path),
        name.isEmpty() ? UNNAMED : name,
        attributes,
        item.group(),
        item.target());
  }

  private static WorkIds ids(PlaylistItem item) {
    Map<String, String> attributes = item.attributes();
    return WorkIds.of(
        first(attributes, "tmdb", "tmdb-id", "tmdb_id", "tvg-tmdb"),
        first(attributes, "imdb", "imdb-id", "imdb_id", "tvg-imdb"));
  }

  private static String first(Map<String, String> attributes, String... names) {
    for (String name : names) {
      String value = attributes.get(name);
      if (value != null) {
        return value;
      }
    }
    return "";
  }

  private String sourceId(PlaylistItem item, TargetPath path) {
    return path.panelNumber()
        .or(() -> links.titleOf(item.target().reveal()).map(TitleKey::value))
        .orElseGet(() -> "name " + item.name());
  }
}
