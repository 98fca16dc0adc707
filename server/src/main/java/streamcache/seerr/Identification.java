package streamcache.seerr;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds the number under which Seerr knows a work. An ambiguous result is refused: a wrong request
 * is worse than none. Used by {@code CaseWorker}.
 */
final class Identification {

  private final SeerrClient client;
  private final List<MetadataSource> sources;

  /**
   * @param sources for what a link does not say, in the order in which they are asked
   */
  Identification(SeerrClient client, List<MetadataSource> sources) {
    this.client = client;
    this.sources = sources;
  }

  /** The work of a title with its kind and its TMDB number. */
  MediaIdentity identify(Case about) throws SeerrException {
    try {
      return find(about.work());
    } catch (SeerrException e) {
      return switch (e.snag()) {
        case SeerrError.Trouble _ -> throw e;
        case SeerrError.Later _, SeerrError.Refused _ -> told(about, e);
      };
    }
  }

  /** Uses the first source that leads to a single work. */
  private MediaIdentity told(Case about, SeerrException otherwise) throws SeerrException {
    MediaIdentity own = about.work();
    SeerrException last = otherwise;
    for (MetadataSource source : own.id().isPresent() ? List.<MetadataSource>of() : sources) {
      Optional<MediaIdentity> told = source.tell(about);
      if (told.isPresent() && told.get().contradicts(own)) {
        throw SeerrException.refused("the link and " + source.source() + " name different works");
      }
      try {
        if (told.isPresent()) {
          // Only numbers are kept: the names of folders are private.
          return own.completedBy(find(told.get().completedBy(own.untitled())).untitled());
        }
      } catch (SeerrException e) {
        last = worded(e, source);
      }
    }
    throw last;
  }

  private static SeerrException worded(SeerrException found, MetadataSource source) {
    String what = " for the name given by " + source.source();
    return switch (found.snag()) {
      case SeerrError.Trouble _ -> found;
      case SeerrError.Later(String _, Duration atLeast) ->
          new SeerrException(new SeerrError.Later("Seerr's search finds nothing" + what, atLeast));
      case SeerrError.Refused _ ->
          SeerrException.refused("Seerr's search finds no single match" + what);
    };
  }

  private MediaIdentity find(MediaIdentity work) throws SeerrException {
    Optional<CatalogueId> id = work.id();
    if (id.isPresent() && id.get().catalogue() == CatalogueId.Catalogue.TMDB) {
      return identified(work, work.likelyKind(), id.get());
    }
    List<SeerrClient.Found> found = id.isPresent() ? byId(work, id.get()) : byTitle(work);
    if (found.size() != 1) {
      throw SeerrException.refused(
          "Seerr's search finds " + found.size() + " matches for " + name(work) + ", not one");
    }
    SeerrClient.Found one = found.getFirst();
    CatalogueId tmdb =
        CatalogueId.of(CatalogueId.Catalogue.TMDB, Long.toString(one.tmdb()))
            .orElseThrow(
                () -> SeerrException.refused("Seerr gives no TMDB number for " + name(work)));
    return identified(work, one.kind(), tmdb);
  }

  private List<SeerrClient.Found> byId(MediaIdentity work, CatalogueId id) throws SeerrException {
    return search(id.toString(), work).stream()
        .filter(found -> work.kind().isEmpty() || work.kind().get() == found.kind())
        .toList();
  }

  private List<SeerrClient.Found> byTitle(MediaIdentity work) throws SeerrException {
    if (work.title().isEmpty() || work.year().isEmpty()) {
      throw SeerrException.refused(
          "the name contains no title with its year; append ?tmdb=NUMBER to the link");
    }
    int year = work.year().getAsInt();
    return search(work.title() + " year:" + year, work).stream()
        .filter(found -> work.kind().isEmpty() || work.kind().get() == found.kind())
        .filter(found -> found.year().isPresent() && found.year().getAsInt() == year)
        .filter(
            found -> found.titles().stream().anyMatch(title -> TitleText.same(title, work.title())))
        .toList();
  }

  /**
   * An empty result is worth a retry: Seerr also returns one when its catalogue does not respond.
   */
  private List<SeerrClient.Found> search(String query, MediaIdentity work) throws SeerrException {
    List<SeerrClient.Found> all = client.search(query);
    if (all.isEmpty()) {
      throw new SeerrException(
          new SeerrError.Later("Seerr's search finds nothing for " + name(work), Duration.ZERO));
    }
    return all;
  }

  private static String name(MediaIdentity work) {
    return work.id()
        .map(CatalogueId::toString)
        .orElseGet(() -> work.title() + " (" + work.year().orElse(0) + ")");
  }

  private static MediaIdentity identified(
      MediaIdentity work, MediaIdentity.Kind kind, CatalogueId tmdb) {
    return new MediaIdentity(
        Optional.of(kind),
        Optional.of(tmdb),
        work.title(),
        work.year(),
        work.season(),
        work.episode());
  }
}
