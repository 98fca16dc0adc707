package streamcache.catalog;

import java.util.OptionalInt;

/**
 * An episode of a series.
 *
 * @param series title of the series as the provider writes it, without the year; not blank
 * @param year of the first episode of the series
 * @param ids of the series
 * @param season 0 for specials
 * @param number within its season
 * @param title of the episode; an empty string if unknown
 */
public record EpisodeEntry(
    String sourceId,
    String series,
    OptionalInt year,
    WorkIds ids,
    int season,
    int number,
    String title,
    String group,
    MediaTarget target)
    implements CatalogEntry {

  @Override
  public String name() {
    return series;
  }
}
