package streamcache.seerr;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which film or episode a link stands for, as far as its parameters and its name tell.
 *
 * @param kind empty when nothing says so; what has no season is then taken for a film
 * @param id in somebody's catalogue
 * @param title as written, for a search; may be empty
 * @param year of the film, or of the first episode of a series
 * @param season 0 for specials
 * @param episode within its season
 */
record Work(
    Optional<Kind> kind,
    Optional<CatalogueId> id,
    String title,
    OptionalInt year,
    OptionalInt season,
    OptionalInt episode) {

  /** What Seerr tells apart. */
  enum Kind {
    MOVIE,
    TV
  }

  static final Work UNKNOWN =
      new Work(
          Optional.empty(),
          Optional.empty(),
          "",
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty());

  /**
   * @param target of the request, path and query
   * @param name of the title, as people see it
   */
  static Work of(String target, String name) {
    return WorkParameters.of(target).completedBy(WorkName.read(name));
  }

  /** The kind that is asked for when nothing else tells. */
  Kind likelyKind() {
    return kind.orElse(season.isPresent() || episode.isPresent() ? Kind.TV : Kind.MOVIE);
  }

  /** This, and what only the other one knows. An id names the work alone, without a title. */
  Work completedBy(Work other) {
    boolean isFilm = kind.filter(Kind.MOVIE::equals).isPresent();
    return new Work(
        kind.or(other::kind),
        id.or(other::id),
        title.isEmpty() ? other.title : title,
        year.isPresent() ? year : other.year,
        season.isPresent() || isFilm ? season : other.season,
        episode.isPresent() || isFilm ? episode : other.episode);
  }

  /** Whether it tells enough to look for one single work. */
  boolean isNamed() {
    return id.isPresent() || isTitled();
  }

  /** Without what only a search would need. */
  Work untitled() {
    return new Work(kind, id, "", OptionalInt.empty(), season, episode);
  }

  /** Whether the two cannot be the same; what only one of them tells is no contradiction. */
  boolean contradicts(Work other) {
    boolean sameCatalogue =
        id.isPresent()
            && other.id.map(CatalogueId::catalogue).equals(id.map(CatalogueId::catalogue));
    return (kind.isPresent() && other.kind.isPresent() && !kind.equals(other.kind))
        || differ(season, other.season)
        || differ(episode, other.episode)
        || (isTitled() && other.isTitled() && differ(year, other.year))
        || (sameCatalogue && !id.equals(other.id));
  }

  /** Whether two that are named are the same beyond doubt. */
  boolean isSurely(Work other) {
    boolean sameName =
        isTitled()
            && other.isTitled()
            && year.equals(other.year)
            && TitleText.same(title, other.title);
    return !contradicts(other)
        && likelyKind() == other.likelyKind()
        && (sameName || (id.isPresent() && id.equals(other.id)));
  }

  private boolean isTitled() {
    return !title.isEmpty() && year.isPresent();
  }

  private static boolean differ(OptionalInt left, OptionalInt right) {
    return left.isPresent() && right.isPresent() && !left.equals(right);
  }
}
