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
 * Asks the panel of the provider about a film. Links contain passwords and are not in the journal,
 * so only films that have failed since the start can be asked about.
 */
final class XtreamMetadataSource implements MetadataSource {

  /** How many failed films are remembered; beyond that, an arbitrary one is dropped. */
  private static final int MOST = 1000;

  private static final Duration REST = Duration.ofMinutes(1);

  private final Panel panel;
  private final ConcurrentMap<TitleKey, Link> films = new ConcurrentHashMap<>();

  XtreamMetadataSource(Panel panel) {
    this.panel = panel;
  }

  /** Records that a title has failed. Any thread, never blocks. */
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
  public Optional<MediaIdentity> tell(Case about) throws SeerrException {
    Optional<Link> link = Optional.ofNullable(films.remove(new TitleKey(about.key())));
    Optional<XtreamFilm> film = link.flatMap(XtreamFilm::of);
    return film.isEmpty() ? Optional.empty() : ask(link.get(), film.get());
  }

  private Optional<MediaIdentity> ask(Link link, XtreamFilm film) throws SeerrException {
    try {
      Optional<byte[]> answer = panel.ask(link, film.question());
      if (answer.isEmpty()) {
        noted(link);
        throw new SeerrException(
            new SeerrError.Later(
                "the provider will be asked which film this is when the account is free", REST));
      }
      return XtreamAnswer.tmdb(answer.get(), film.id()).map(XtreamMetadataSource::film);
    } catch (OriginException noAnswer) {
      return Optional.empty();
    }
  }

  private static MediaIdentity film(CatalogueId id) {
    return new MediaIdentity(
        Optional.of(MediaIdentity.Kind.MOVIE),
        Optional.of(id),
        "",
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
