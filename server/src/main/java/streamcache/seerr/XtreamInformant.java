package streamcache.seerr;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import streamcache.link.Link;
import streamcache.link.TitleKey;
import streamcache.link.XtreamFilm;
import streamcache.origin.OriginException;

/**
 * What the panel of the provider says of a film. Links hold passwords and are in no journal: only
 * those that have failed since the start can be asked about.
 */
final class XtreamInformant implements Informant {

  /** Of more films that have failed some are not asked about. */
  private static final int MOST = 1000;

  private static final Duration REST = Duration.ofMinutes(1);

  private final Panel panel;
  private final ConcurrentMap<TitleKey, Link> films = new ConcurrentHashMap<>();

  XtreamInformant(Panel panel) {
    this.panel = panel;
  }

  /** A title has failed. Any thread, never blocks. */
  void noted(Link link) {
    if (!link.isXtream()) {
      return;
    }
    if (films.size() >= MOST) {
      films.keySet().stream().findAny().ifPresent(films::remove);
    }
    films.put(link.key(), link);
  }

  @Override
  public String source() {
    return "the provider";
  }

  @Override
  public Optional<Work> tell(Case about) throws SnagException {
    Optional<Link> link = Optional.ofNullable(films.remove(new TitleKey(about.key())));
    Optional<XtreamFilm> film = link.flatMap(XtreamFilm::of);
    return film.isEmpty() ? Optional.empty() : ask(link.get(), film.get());
  }

  private Optional<Work> ask(Link link, XtreamFilm film) throws SnagException {
    try {
      Optional<byte[]> answer = panel.ask(link, film.question());
      if (answer.isEmpty()) {
        noted(link);
        throw new SnagException(
            new Snag.Later(
                "the provider is asked which film it is when its account is free", REST));
      }
      return XtreamAnswer.tmdb(answer.get(), film.id()).map(XtreamInformant::film);
    } catch (OriginException noAnswer) {
      return Optional.empty();
    }
  }

  private static Work film(CatalogueId id) {
    return new Work(
        Optional.of(Work.Kind.MOVIE),
        Optional.of(id),
        "",
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
