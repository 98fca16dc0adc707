package streamcache.admin;

import java.util.Set;
import java.util.TreeSet;

/**
 * Bounds the accounts that a row of the history tells apart: links may name any number of hosts.
 * Used by one thread.
 */
final class ErrorAccounts {

  private final TreeSet<String> known = new TreeSet<>();

  /**
   * @param names of a row's values
   */
  ErrorAccounts(Set<String> names) {
    names.stream()
        .filter(name -> name.startsWith(HistoryRow.ERRORS))
        .forEach(name -> known.add(account(name)));
  }

  /** The name under which a value is counted. */
  String bounded(String name) {
    if (!name.startsWith(HistoryRow.ERRORS)) {
      return name;
    }
    String account = account(name);
    if (known.contains(account) || known.size() < HistoryRow.MOST_ACCOUNTS) {
      known.add(account);
      return name;
    }
    return name.substring(0, name.length() - account.length()) + HistoryRow.OTHERS;
  }

  /** A class of errors has no dot in its name. */
  private static String account(String name) {
    return name.substring(name.indexOf('.', HistoryRow.ERRORS.length()) + 1);
  }
}
