package streamcache.origin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date in an HTTP header field, in all three forms that a recipient must accept (RFC 9110 section
 * 5.6.7) and in the form used in cookies. The weekday is ignored, since some servers get it wrong.
 * Pure.
 */
public final class HttpDate {

  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private static final String TIME = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";

  /** {@code Sun, 06 Nov 1994 08:49:37 GMT} and {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
  private static final Pattern DAY_FIRST =
      Pattern.compile(
          "(?:[A-Za-z]+, *)?(?<day>\\d{1,2})[ -](?<month>[A-Za-z]{3})[ -](?<year>\\d{4}|\\d\\d) "
              + TIME
              + " (?:GMT|UTC)");

  /** {@code Sun Nov 6 08:49:37 1994}, the day padded to two characters. */
  private static final Pattern MONTH_FIRST =
      Pattern.compile(
          "[A-Za-z]+ (?<month>[A-Za-z]{3}) (?<day>[ \\d]\\d) " + TIME + " (?<year>\\d{4})");

  /** Two-digit years from this one on are in the 1900s (RFC 6265 section 5.1.1). */
  private static final int FIRST_YEAR = 70;

  private HttpDate() {}

  /** Empty if the text has none of these forms or is not a valid calendar date. */
  public static Optional<Instant> parse(String text) {
    String date = text.strip();
    Matcher dayFirst = DAY_FIRST.matcher(date);
    if (dayFirst.matches()) {
      return instant(dayFirst);
    }
    Matcher monthFirst = MONTH_FIRST.matcher(date);
    return monthFirst.matches() ? instant(monthFirst) : Optional.empty();
  }

  private static Optional<Instant> instant(Matcher date) {
    try {
      return Optional.of(
          LocalDateTime.of(
                  year(date.group("year")),
                  MONTHS.indexOf(date.group("month")) + 1,
                  number(date, "day"),
                  number(date, "hour"),
                  number(date, "minute"),
                  number(date, "second"))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static int year(String digits) {
    int year = Integer.parseInt(digits);
    if (digits.length() == 4) {
      return year;
    }
    return year < FIRST_YEAR ? 2000 + year : 1900 + year;
  }

  private static int number(Matcher date, String part) {
    return Integer.parseInt(date.group(part).strip());
  }
}
