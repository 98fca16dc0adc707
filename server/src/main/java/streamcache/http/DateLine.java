package streamcache.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} field of the current second, formatted once a second for all event loops. */
final class DateLine {

  /** As RFC 9110 section 5.6.7 wants it: two digits for the day, which RFC_1123_DATE_TIME lacks. */
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** One second and its line; a class, as records compare arrays by identity. */
  private static final class Stamp {
    private final long second;
    private final byte[] line;

    Stamp(long second) {
      String text = "Date: " + FORMAT.format(Instant.ofEpochSecond(second)) + "\r\n";
      this.second = second;
      line = text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** A race makes the same line twice, nothing worse. */
  private static volatile Stamp latest = new Stamp(0);

  private DateLine() {}

  /** Name, value and line end; not to be changed. */
  static byte[] now() {
    long second = System.currentTimeMillis() / 1000;
    Stamp stamp = latest;
    if (stamp.second != second) {
      stamp = new Stamp(second);
      latest = stamp;
    }
    return stamp.line;
  }
}
