package streamcache.xtream;

import java.util.Map;
import java.util.Optional;
import streamcache.catalog.CatalogEntry;
import streamcache.catalog.ChannelEntry;
import streamcache.catalog.EpisodeEntry;
import streamcache.catalog.FilmEntry;
import streamcache.catalog.MediaTarget;
import streamcache.catalog.WorkIds;
import streamcache.link.XtreamAccount;

/** What a panel lists, as entries of a catalogue. Pure. */
final class XtreamEntries {

  private final XtreamAccount account;

  XtreamEntries(XtreamAccount account) {
    this.account = account;
  }

  /** Empty without an id or a name. */
  Optional<CatalogEntry> film(PanelItem item, Categories categories) {
    Optional<String> id = PanelText.id(item, "stream_id");
    return PanelText.title(item)
        .filter(_ -> id.isPresent())
        .map(named ->
            new FilmEntry(
                "film-" + id.get(),
                named.title(),
                named.year(),
                WorkIds.of(item.text("tmdb", "tmdb_id"), item.text("imdb", "imdb_id")),
                categories.of(item),
                new MediaTarget(account.film(id.get(), PanelText.extension(item)))));
  }

  /** Empty without an id or a name. */
  Optional<CatalogEntry> channel(PanelItem item, Categories categories) {
    String name = PanelText.line(item.text("name", "title"));
    return PanelText.id(item, "stream_id")
        .filter(_ -> !name.isEmpty())
        .map(id ->
            new ChannelEntry(
                "channel-" + id,
                name,
                attributes(item),
                categories.of(item),
                new MediaTarget(account.channel(id))));
  }

  CatalogEntry episode(PanelSeries series, PanelEpisode episode) {
    return new EpisodeEntry(
        "episode-" + episode.id(),
        series.title(),
        series.year(),
        series.ids(),
        episode.season(),
        episode.number(),
        episode.title(),
        series.group(),
        new MediaTarget(account.episode(episode.id(), episode.extension())));
  }

  private static Map<String, String> attributes(PanelItem item) {
    String guide = PanelText.line(item.text("epg_channel_id"));
    return guide.isEmpty() ? Map.of() : Map.of("tvg-id", guide);
  }
}
