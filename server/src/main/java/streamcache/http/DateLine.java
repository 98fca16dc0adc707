package streamcache.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} field of the current second, formatted once a second for all event loops. */
final class DateLine {

  /** The format of RFC 9110 section 5.6.7; RFC_1123_DATE_TIME lacks the two digits for the day. */
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** One second and its line; a class, since records compare arrays by identity. */
  private static final class Stamp {
    private final long second;
    private final byte[] line;

    Stamp(long second) {
      String text = "Date: " + FORMAT.format(Instant.ofEpochSecond(second)) + "\r\n";
      this.second = second;
      line = text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** A race only formats the same line twice. */
  private static volatile Stamp latest = new Stamp(0);

  private DateLine() {}

  /** Name, value and line end; the caller must not modify the array. */
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
