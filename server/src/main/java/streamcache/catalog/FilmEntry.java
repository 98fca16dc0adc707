package streamcache.catalog;

import java.util.OptionalInt;

/**
 * A film.
 *
 * @param title as the provider writes it, without the year; not blank
 * @param year of the first showing
 */
public record FilmEntry(
    String sourceId, String title, OptionalInt year, WorkIds ids, String group, MediaTarget target)
    implements CatalogEntry {

  @Override
  public String name() {
    return title;
  }
}
