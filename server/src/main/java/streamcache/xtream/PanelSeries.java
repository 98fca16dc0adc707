package streamcache.xtream;

import java.util.Optional;
import java.util.OptionalInt;
import streamcache.catalog.WorkIds;

/**
 * A series as a panel lists it, without its episodes. Pure.
 *
 * @param id on the panel; digits
 * @param modified when the panel last changed it, as the panel writes it; an empty string if it
 *     does not say
 */
record PanelSeries(
    String id, String title, OptionalInt year, WorkIds ids, String group, String modified) {

  /** Empty without an id or a name. */
  static Optional<PanelSeries> of(PanelItem item, Categories categories) {
    Optional<String> id = PanelText.id(item, "series_id");
    return PanelText.title(item)
        .filter(_ -> id.isPresent())
        .map(named ->
            new PanelSeries(
                id.get(),
                named.title(),
                named.year(),
                WorkIds.of(item.text("tmdb", "tmdb_id"), item.text("imdb", "imdb_id")),
                categories.of(item),
                PanelText.line(item.text("last_modified"))));
  }
}
