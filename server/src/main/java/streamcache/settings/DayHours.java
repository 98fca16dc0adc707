package streamcache.settings;

import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A daily period, which may span midnight. Pure.
 *
 * @param from the start, inclusive
 * @param until the end, exclusive; never the same as {@code from}
 */
public record DayHours(LocalTime from, LocalTime until) {

  private static final Pattern WRITTEN =
      Pattern.compile("([01]?[0-9]|2[0-4]):([0-5][0-9])\\s*-\\s*([01]?[0-9]|2[0-4]):([0-5][0-9])");

  /**
   * Parses text such as {@code 01:30-7:00}; 24:00 is midnight. Empty if it is invalid or has no
   * length.
   */
  static Optional<DayHours> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return Optional.empty();
    }
    Optional<LocalTime> from = time(written.group(1), written.group(2));
    Optional<LocalTime> until = time(written.group(3), written.group(4));
    return from.isEmpty() || until.isEmpty() || from.equals(until)
        ? Optional.empty()
        : Optional.of(new DayHours(from.get(), until.get()));
  }

  private static Optional<LocalTime> time(String hour, String minute) {
    int hours = Integer.parseInt(hour);
    int minutes = Integer.parseInt(minute);
    return hours == 24 && minutes > 0
        ? Optional.empty()
        : Optional.of(LocalTime.of(hours % 24, minutes));
  }

  public boolean contains(LocalTime time) {
    boolean isAfter = !time.isBefore(from);
    boolean isBefore = time.isBefore(until);
    return from.isBefore(until) ? isAfter && isBefore : isAfter || isBefore;
  }

  @Override
  public String toString() {
    return from + "-" + until;
  }
}
