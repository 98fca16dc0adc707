package streamcache.seerr;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The number of a film or series in a catalogue.
 *
 * @param value digits; for IMDb with the prefix {@code tt}
 */
record CatalogueId(Catalogue catalogue, String value) {

  /** In order of preference: Seerr itself identifies works by the first one. */
  enum Catalogue {
    TMDB("[1-9][0-9]{0,8}"),
    IMDB("tt[0-9]{6,9}"),
    TVDB("[1-9][0-9]{0,8}");

    private final Pattern form;

    Catalogue(String form) {
      this.form = Pattern.compile(form);
    }

    /** As written in parameters and tags. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Empty if the text is not a valid number of that catalogue. */
  static Optional<CatalogueId> of(Catalogue catalogue, String written) {
    String value = written.strip().toLowerCase(Locale.ROOT);
    return catalogue.form.matcher(value).matches()
        ? Optional.of(new CatalogueId(catalogue, value))
        : Optional.empty();
  }

  /** As the search of Seerr accepts it, such as {@code imdb:tt0133093}. */
  @Override
  public String toString() {
    return catalogue.word() + ":" + value;
  }
}
