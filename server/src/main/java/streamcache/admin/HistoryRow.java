package streamcache.admin;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was counted in one period, by name: sums, and states of the store, of which the last one
 * counts. A sum that is 0 is left out. Immutable.
 */
record HistoryRow(SortedMap<String, Long> values) {

  static final HistoryRow NONE = new HistoryRow(new TreeMap<>());

  static final String STORE_BYTES = "bytes.store";
  static final String PROVIDER_BYTES = "bytes.provider";
  static final String FETCHED_BYTES = "bytes.fetched";
  static final String REQUESTS = "requests.";
  static final String FIRST_BYTE = "first-byte.";

  /** Followed by the class of the error, a dot and the account. */
  static final String ERRORS = "errors.";

  static final String USED = "state.used";
  static final String MAX = "state.max";
  static final String LOW = "state.low";
  private static final String STATE = "state.";

  /** The most accounts whose errors a period counts separately. */
  static final int MOST_ACCOUNTS = 20;

  /** Stands for the accounts beyond. */
  static final String OTHERS = "others";

  HistoryRow {
    values = Collections.unmodifiableSortedMap(values);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  long value(String name) {
    return values.getOrDefault(name, 0L);
  }

  /** This row and a later one as one. */
  HistoryRow and(HistoryRow later) {
    TreeMap<String, Long> both = new TreeMap<>(values);
    ErrorAccounts accounts = new ErrorAccounts(values.keySet());
    later.values.forEach((name, value) -> {
      if (name.startsWith(STATE)) {
        both.put(name, value);
      } else {
        both.merge(accounts.bounded(name), value, Long::sum);
      }
    });
    return new HistoryRow(both);
  }

  /** The states alone. */
  HistoryRow states() {
    TreeMap<String, Long> states = new TreeMap<>();
    group(STATE).forEach((name, value) -> states.put(STATE + name, value));
    return new HistoryRow(states);
  }

  /** The values whose names begin so, by what follows. */
  NavigableMap<String, Long> group(String prefix) {
    NavigableMap<String, Long> group = new TreeMap<>();
    values
        .tailMap(prefix)
        .forEach((name, value) -> {
          if (name.startsWith(prefix)) {
            group.put(name.substring(prefix.length()), value);
          }
        });
    return group;
  }
}
