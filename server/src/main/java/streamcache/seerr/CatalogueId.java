package streamcache.seerr;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The number of a film or series in a catalogue.
 *
 * @param value digits; for IMDb with its {@code tt}
 */
record CatalogueId(Catalogue catalogue, String value) {

  /** The best first: Seerr itself knows works by the first one. */
  enum Catalogue {
    TMDB("[1-9][0-9]{0,8}"),
    IMDB("tt[0-9]{6,9}"),
    TVDB("[1-9][0-9]{0,8}");

    private final Pattern form;

    Catalogue(String form) {
      this.form = Pattern.compile(form);
    }

    /** As in parameters and tags. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Empty when it is no such number. */
  static Optional<CatalogueId> of(Catalogue catalogue, String written) {
    String value = written.strip().toLowerCase(Locale.ROOT);
    return catalogue.form.matcher(value).matches()
        ? Optional.of(new CatalogueId(catalogue, value))
        : Optional.empty();
  }

  /** As Seerr's search takes it, such as {@code imdb:tt0133093}. */
  @Override
  public String toString() {
    return catalogue.word() + ":" + value;
  }
}
