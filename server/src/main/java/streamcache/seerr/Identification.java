package streamcache.seerr;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds the number under which Seerr knows a work. What is not beyond doubt is refused: a wrong
 * request is worse than none. Used by the delivery.
 */
final class Identification {

  private final SeerrClient client;
  private final List<Informant> informants;

  /**
   * @param informants of what a link does not tell, in the order they are asked
   */
  Identification(SeerrClient client, List<Informant> informants) {
    this.client = client;
    this.informants = informants;
  }

  /** The work of a title with its kind and its TMDB number. */
  Work identify(Case about) throws SnagException {
    try {
      return find(about.work());
    } catch (SnagException e) {
      return switch (e.snag()) {
        case Snag.Trouble _ -> throw e;
        case Snag.Later _, Snag.Refused _ -> told(about, e);
      };
    }
  }

  /** By the first of the informants that leads to a single work. */
  private Work told(Case about, SnagException otherwise) throws SnagException {
    Work own = about.work();
    SnagException last = otherwise;
    for (Informant informant : own.id().isPresent() ? List.<Informant>of() : informants) {
      Optional<Work> told = informant.tell(about);
      if (told.isPresent() && told.get().contradicts(own)) {
        throw SnagException.refused("the link and " + informant.source() + " name different works");
      }
      try {
        if (told.isPresent()) {
          // Kept are numbers only: names of folders are nobody's business.
          return own.completedBy(find(told.get().completedBy(own.untitled())).untitled());
        }
      } catch (SnagException e) {
        last = worded(e, informant);
      }
    }
    throw last;
  }

  private static SnagException worded(SnagException found, Informant informant) {
    String what = " for what " + informant.source() + " names";
    return switch (found.snag()) {
      case Snag.Trouble _ -> found;
      case Snag.Later(String _, Duration atLeast) ->
          new SnagException(new Snag.Later("Seerr's search finds nothing" + what, atLeast));
      case Snag.Refused _ ->
          SnagException.refused("Seerr's search finds more or less than one work" + what);
    };
  }

  private Work find(Work work) throws SnagException {
    Optional<CatalogueId> id = work.id();
    if (id.isPresent() && id.get().catalogue() == CatalogueId.Catalogue.TMDB) {
      return identified(work, work.likelyKind(), id.get());
    }
    List<SeerrClient.Found> found = id.isPresent() ? byId(work, id.get()) : byTitle(work);
    if (found.size() != 1) {
      throw SnagException.refused(
          "Seerr's search finds " + found.size() + " works for " + name(work) + ", not one");
    }
    SeerrClient.Found one = found.getFirst();
    CatalogueId tmdb =
        CatalogueId.of(CatalogueId.Catalogue.TMDB, Long.toString(one.tmdb()))
            .orElseThrow(
                () -> SnagException.refused("Seerr knows " + name(work) + " by no number"));
    return identified(work, one.kind(), tmdb);
  }

  private List<SeerrClient.Found> byId(Work work, CatalogueId id) throws SnagException {
    return search(id.toString(), work).stream()
        .filter(found -> work.kind().isEmpty() || work.kind().get() == found.kind())
        .toList();
  }

  private List<SeerrClient.Found> byTitle(Work work) throws SnagException {
    if (work.title().isEmpty() || work.year().isEmpty()) {
      throw SnagException.refused(
          "the name tells no title with its year in brackets; put ?tmdb=NUMBER behind the link");
    }
    int year = work.year().getAsInt();
    return search(work.title() + " year:" + year, work).stream()
        .filter(found -> work.kind().isEmpty() || work.kind().get() == found.kind())
        .filter(found -> found.year().isPresent() && found.year().getAsInt() == year)
        .filter(
            found -> found.titles().stream().anyMatch(title -> TitleText.same(title, work.title())))
        .toList();
  }

  /** Seerr finds nothing also when the catalogue behind it does not answer. */
  private List<SeerrClient.Found> search(String query, Work work) throws SnagException {
    List<SeerrClient.Found> all = client.search(query);
    if (all.isEmpty()) {
      throw new SnagException(
          new Snag.Later("Seerr's search finds nothing for " + name(work), Duration.ZERO));
    }
    return all;
  }

  private static String name(Work work) {
    return work.id()
        .map(CatalogueId::toString)
        .orElseGet(() -> work.title() + " (" + work.year().orElse(0) + ")");
  }

  private static Work identified(Work work, Work.Kind kind, CatalogueId tmdb) {
    return new Work(
        Optional.of(kind),
        Optional.of(tmdb),
        work.title(),
        work.year(),
        work.season(),
        work.episode());
  }
}
