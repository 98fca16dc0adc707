package streamcache.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * What was counted in each period of a span.
 *
 * @param borders where the periods begin, and where the last one ends
 * @param rows one for each period
 */
record HistoryTable(List<Instant> borders, List<HistoryRow> rows) {

  HistoryTable {
    borders = List.copyOf(borders);
    rows = List.copyOf(rows);
  }

  /**
   * Adds rows up. A row belongs to the period in which it begins: where a day of the viewer begins
   * at half an hour, so does part of the hour before. A period in which nothing was noted begins
   * with the states of the period before.
   *
   * @param counted rows by the epoch seconds at which they begin, perhaps also some before
   */
  static HistoryTable of(List<Instant> borders, NavigableMap<Long, HistoryRow> counted) {
    List<HistoryRow> rows = new ArrayList<>();
    HistoryRow before =
        sum(counted.headMap(borders.getFirst().getEpochSecond(), /* inclusive= */ false));
    for (int at = 0; at < borders.size() - 1; at++) {
      long from = borders.get(at).getEpochSecond();
      long to = borders.get(at + 1).getEpochSecond();
      HistoryRow row = before.states().and(sum(counted.subMap(from, true, to, false)));
      rows.add(row);
      before = row;
    }
    return new HistoryTable(borders, rows);
  }

  private static HistoryRow sum(NavigableMap<Long, HistoryRow> rows) {
    return rows.values().stream().reduce(HistoryRow.NONE, HistoryRow::and);
  }

  /** All periods as one. */
  HistoryRow total() {
    return rows.stream().reduce(HistoryRow.NONE, HistoryRow::and);
  }
}
