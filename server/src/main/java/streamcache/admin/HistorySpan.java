package streamcache.admin;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How far back the history is looked at, and in what periods. */
enum HistorySpan {
  /** By minutes. */
  HOUR(60, ChronoUnit.MINUTES),
  /** By hours. */
  DAY(24, ChronoUnit.HOURS),
  /** By days, each of which begins at midnight of the viewer. */
  MONTH(31, ChronoUnit.DAYS),
  /** By months of the viewer's calendar. */
  YEAR(12, ChronoUnit.MONTHS);

  private final int periods;
  private final ChronoUnit unit;

  HistorySpan(int periods, ChronoUnit unit) {
    this.periods = periods;
    this.unit = unit;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String words() {
    return String.join(", ", Stream.of(values()).map(HistorySpan::word).toList());
  }

  static Optional<HistorySpan> of(String word) {
    return Arrays.stream(values()).filter(span -> span.word().equals(word)).findFirst();
  }

  /** Whether it needs single minutes, and not only hours. */
  boolean hasMinutes() {
    return this == HOUR;
  }

  /** Where the periods begin, oldest first, and where the last one, which is not over, ends. */
  List<Instant> borders(Instant now, ZoneId zone) {
    ZonedDateTime last = begin(now.atZone(zone));
    List<Instant> borders = new ArrayList<>();
    for (int back = periods - 1; back >= -1; back--) {
      Instant border = last.minus(back, unit).toInstant();
      // Where clocks go back, an hour of the calendar may be there twice.
      if (borders.isEmpty() || border.isAfter(borders.getLast())) {
        borders.add(border);
      }
    }
    return borders;
  }

  private ZonedDateTime begin(ZonedDateTime now) {
    return this == YEAR
        ? now.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1)
        : now.truncatedTo(unit);
  }
}
