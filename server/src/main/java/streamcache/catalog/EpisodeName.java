package streamcache.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an episode, taken apart: {@code Show (2019) S01E02 Title}, {@code Show 1x02}, {@code
 * Show Season 1 Episode 2}, and {@code Show S01 S01E02} of Xtream panels. Pure.
 *
 * @param series may be empty
 * @param title may be empty
 */
public record EpisodeName(String series, int season, int number, String title) {

  private static final Pattern NUMBERS =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}])(?:S([0-9]{1,4})[\\s._-]*E(?:P)?[\\s._-]*([0-9]{1,5})"
              + "|([0-9]{1,2})x([0-9]{2,4})"
              + "|Season\\s+([0-9]{1,4})[\\s,._-]*Episode\\s+([0-9]{1,5}))(?![0-9])");

  /** Repeats the season before the numbers. */
  private static final Pattern SEASON_LAST =
      Pattern.compile("(?i)[\\s._-]+(?:S|Season\\s+)[0-9]{1,4}$");

  /** Empty if the name is not that of an episode. */
  public static Optional<EpisodeName> read(String name) {
    Matcher numbers = NUMBERS.matcher(name);
    if (!numbers.find()) {
      return Optional.empty();
    }
    String series = YearedTitle.trimmed(name.substring(0, numbers.start()));
    String bare = SEASON_LAST.matcher(series).replaceFirst("");
    return Optional.of(
        new EpisodeName(
            YearedTitle.trimmed(bare),
            number(numbers, 1),
            number(numbers, 2),
            YearedTitle.trimmed(name.substring(numbers.end()))));
  }

  private static int number(Matcher numbers, int first) {
    for (int group = first; group <= numbers.groupCount(); group += 2) {
      if (numbers.group(group) != null) {
        return Integer.parseInt(numbers.group(group));
      }
    }
    throw new AssertionError("each alternative has both numbers");
  }
}
