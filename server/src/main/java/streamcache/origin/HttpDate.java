package streamcache.origin;

import io.netty.handler.codec.DateFormatter;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A date in an HTTP header field, in all three forms that a recipient must accept (RFC 9110 section
 * 5.6.7) and in the form used in cookies. The weekday is ignored, since some servers get it wrong.
 * Pure.
 */
public final class HttpDate {

  /** The library ignores the zone, as cookies demand; in other fields only UTC is a date. */
  private static final Pattern UTC =
      Pattern.compile(".* (?:GMT|UTC)|[A-Za-z]+ [^,]* \\d{4}", Pattern.DOTALL);

  private HttpDate() {}

  /** Empty if the text has none of these forms. A day that its month lacks counts on. */
  public static Optional<Instant> parse(String text) {
    String date = text.strip();
    return UTC.matcher(date).matches()
        ? Optional.ofNullable(DateFormatter.parseHttpDate(date)).map(Date::toInstant)
        : Optional.empty();
  }
}
