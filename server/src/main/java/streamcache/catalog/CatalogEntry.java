package streamcache.catalog;

/** One thing that a provider lists: a film, an episode of a series, or a live channel. */
public sealed interface CatalogEntry permits FilmEntry, EpisodeEntry, ChannelEntry {

  /**
   * Identifies the entry within its source and stays the same from one import to the next, even if
   * the provider changes the name or the account its password. Holds no secret; not empty.
   */
  String sourceId();

  /** The title of the film or series, or the name of the channel. */
  String name();

  /** The category in which the provider lists it; an empty string if there is none. */
  String group();

  /** What to play. */
  MediaTarget target();
}
