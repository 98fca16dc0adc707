package streamcache.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The time at the start of a line, to the millisecond, with its offset. Formats each second once
 * and reuses it for all its lines. Used by one thread.
 */
final class LineTime {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.", Locale.ROOT);
  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("XXX", Locale.ROOT);

  private final ZoneId zone;
  private long second = Long.MIN_VALUE;
  private String date = "";
  private String offset = "";

  LineTime(ZoneId zone) {
    this.zone = zone;
  }

  void append(StringBuilder line, Instant at) {
    if (at.getEpochSecond() != second) {
      second = at.getEpochSecond();
      ZonedDateTime local = at.atZone(zone);
      date = SECOND.format(local);
      offset = OFFSET.format(local);
    }
    int millis = at.getNano() / 1_000_000;
    line.append(date);
    line.append((char) ('0' + millis / 100));
    line.append((char) ('0' + millis / 10 % 10));
    line.append((char) ('0' + millis % 10));
    line.append(offset);
  }
}
