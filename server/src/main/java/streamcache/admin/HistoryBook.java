package streamcache.admin;

import java.io.IOException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was counted, by minutes and by hours. The minutes of the last hours are held in memory and
 * in one file; when an hour is over, their sum is written to the file of its month. A kill between
 * the two loses nothing: at the next start, hours are added up again as long as their minutes are
 * kept. Used by one thread; blocks on the disk.
 */
final class HistoryBook {

  private static final long MINUTE = 60;
  private static final long HOUR = 3600;

  /** Hours of which the minutes are kept, beside the present one. */
  static final int HOURS_IN_MINUTES = 2;

  /** As long as the disk takes nothing, minutes of this many hours are held for it. */
  private static final int MOST_HOURS_IN_MINUTES = 48;

  private final HistoryFiles files;
  private final NavigableMap<Long, HistoryRow> minutes = new TreeMap<>();

  /** Hours that have changed since their sum was written. */
  private final TreeSet<Long> unwritten = new TreeSet<>();

  private boolean isLoaded;
  private boolean isChanged;

  HistoryBook(HistoryFiles files) {
    this.files = files;
  }

  private void load() throws IOException {
    if (!isLoaded) {
      files
          .read(HistoryFiles.MINUTES)
          .forEach((at, row) -> {
            minutes.merge(at, row, (own, read) -> read.and(own));
            unwritten.add(begin(at, HOUR));
          });
      isLoaded = true;
    }
  }

  private static long begin(long second, long length) {
    return second - Math.floorMod(second, length);
  }

  /** Counts a row to the minute of {@code at}; in memory only. */
  void add(Instant at, HistoryRow row) {
    long minute = begin(at.getEpochSecond(), MINUTE);
    minutes.merge(minute, row, HistoryRow::and);
    unwritten.add(begin(minute, HOUR));
    isChanged = true;
  }

  /** Writes what has changed; what could not be written is tried again at the next call. */
  void save(Instant now) throws IOException {
    try {
      load();
      long hour = begin(now.getEpochSecond(), HOUR);
      writeHours(hour);
      forget(HOURS_IN_MINUTES, hour);
      if (isChanged) {
        files.writeMinutes(minutes);
        isChanged = false;
      }
    } finally {
      forget(MOST_HOURS_IN_MINUTES, Long.MIN_VALUE);
    }
  }

  /** Writes the hours that are over, or seem to lie ahead after the clock was set back. */
  private void writeHours(long presentHour) throws IOException {
    Map<String, NavigableMap<Long, HistoryRow>> months = new HashMap<>();
    for (long hour : unwritten) {
      if (hour != presentHour) {
        String month = month(hour);
        NavigableMap<Long, HistoryRow> rows = months.get(month);
        if (rows == null) {
          rows = files.read(month);
          months.put(month, rows);
        }
        rows.put(hour, sum(hour));
      }
    }
    for (Map.Entry<String, NavigableMap<Long, HistoryRow>> month : months.entrySet()) {
      files.writeMonth(month.getKey(), month.getValue());
    }
    if (!months.isEmpty()) {
      files.deleteOld();
      unwritten.removeIf(hour -> hour != presentHour);
    }
  }

  private static String month(long second) {
    return YearMonth.from(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)).toString();
  }

  private HistoryRow sum(long hour) {
    return minutes.subMap(hour, hour + HOUR).values().stream()
        .reduce(HistoryRow.NONE, HistoryRow::and);
  }

  /** Keeps the minutes of the last hours that have any. */
  private void forget(int hoursKept, long presentHour) {
    TreeSet<Long> hours = new TreeSet<>();
    minutes.keySet().forEach(minute -> hours.add(begin(minute, HOUR)));
    hours.remove(presentHour);
    while (hours.size() > hoursKept) {
      long oldest = hours.removeFirst();
      minutes.subMap(oldest, oldest + HOUR).clear();
      unwritten.remove(oldest);
      isChanged = true;
    }
  }

  /** The minutes that are kept. */
  NavigableMap<Long, HistoryRow> minutes() throws IOException {
    load();
    return minutes;
  }

  /** The hours of the months that a span touches. */
  NavigableMap<Long, HistoryRow> hours(Instant from, Instant to) throws IOException {
    load();
    NavigableMap<Long, HistoryRow> hours = new TreeMap<>();
    String first = month(from.getEpochSecond());
    String last = month(to.getEpochSecond());
    for (String month : files.months()) {
      if (month.compareTo(first) >= 0 && month.compareTo(last) <= 0) {
        hours.putAll(files.read(month));
      }
    }
    // Minutes are newer than the hour as it was written.
    TreeSet<Long> inMinutes = new TreeSet<>();
    minutes.keySet().forEach(minute -> inMinutes.add(begin(minute, HOUR)));
    inMinutes.forEach(hour -> hours.put(hour, sum(hour)));
    return hours;
  }
}
