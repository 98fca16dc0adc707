package streamcache.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The numbers of a film or series in public catalogues.
 *
 * @param tmdb digits without leading zeros
 * @param imdb with the prefix {@code tt}
 */
public record WorkIds(Optional<String> tmdb, Optional<String> imdb) {

  /** No number is known. */
  public static final WorkIds NONE = new WorkIds(Optional.empty(), Optional.empty());

  private static final Pattern TMDB = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern IMDB = Pattern.compile("tt[0-9]{6,9}");

  /** Reads what a provider states, and leaves out what cannot be a number of that catalogue. */
  public static WorkIds of(String tmdb, String imdb) {
    return new WorkIds(valid(TMDB, tmdb), valid(IMDB, imdb));
  }

  private static Optional<String> valid(Pattern form, String written) {
    return Optional.of(written.strip().toLowerCase(Locale.ROOT))
        .filter(value -> form.matcher(value).matches());
  }
}
