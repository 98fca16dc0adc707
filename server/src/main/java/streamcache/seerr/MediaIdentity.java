package streamcache.seerr;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The film or episode that a link stands for, as far as its parameters and its name say.
 *
 * @param kind empty if unknown; a work without season and episode is then treated as a film
 * @param id the id in a catalogue
 * @param title as written, for a search; may be empty
 * @param year of the film, or of the first episode of a series
 * @param season 0 for specials
 * @param episode the number within its season
 */
record MediaIdentity(
    Optional<Kind> kind,
    Optional<CatalogueId> id,
    String title,
    OptionalInt year,
    OptionalInt season,
    OptionalInt episode) {

  /** The kinds that Seerr distinguishes. */
  enum Kind {
    MOVIE,
    TV
  }

  static final MediaIdentity UNKNOWN =
      new MediaIdentity(
          Optional.empty(),
          Optional.empty(),
          "",
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty());

  /**
   * @param target path and query of the request
   * @param name the name of the title for people
   */
  static MediaIdentity of(String target, String name) {
    return WorkParameters.of(target).completedBy(WorkName.read(name));
  }

  /** The kind that is assumed if none is given. */
  Kind likelyKind() {
    return kind.orElse(season.isPresent() || episode.isPresent() ? Kind.TV : Kind.MOVIE);
  }

  /** Adds what only the other one knows. An id is enough to identify the work, without a title. */
  MediaIdentity completedBy(MediaIdentity other) {
    boolean isFilm = kind.filter(Kind.MOVIE::equals).isPresent();
    return new MediaIdentity(
        kind.or(other::kind),
        id.or(other::id),
        title.isEmpty() ? other.title : title,
        year.isPresent() ? year : other.year,
        season.isPresent() || isFilm ? season : other.season,
        episode.isPresent() || isFilm ? episode : other.episode);
  }

  /** Whether it says enough to search for a single work. */
  boolean isNamed() {
    return id.isPresent() || isTitled();
  }

  /** Without the title and year, which only a search needs. */
  MediaIdentity untitled() {
    return new MediaIdentity(kind, id, "", OptionalInt.empty(), season, episode);
  }

  /**
   * Whether the two cannot be the same work; a value that only one of them has is no contradiction.
   */
  boolean contradicts(MediaIdentity other) {
    boolean sameCatalogue =
        id.isPresent()
            && other.id.map(CatalogueId::catalogue).equals(id.map(CatalogueId::catalogue));
    return (kind.isPresent() && other.kind.isPresent() && !kind.equals(other.kind))
        || differ(season, other.season)
        || differ(episode, other.episode)
        || (isTitled() && other.isTitled() && differ(year, other.year))
        || (sameCatalogue && !id.equals(other.id));
  }

  /** Whether two named identities certainly are the same work. */
  boolean isSurely(MediaIdentity other) {
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
