package streamcache.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints Markdown tables for docs/performance.md. */
final class Table {

  private Table() {}

  static void head(String... columns) {
    System.out.println();
    row((Object[]) columns);
    System.out.println("|---".repeat(columns.length) + "|");
  }

  static void row(Object... cells) {
    System.out.println(
        Arrays.stream(cells).map(Table::text).collect(Collectors.joining(" | ", "| ", " |")));
  }

  /** Formats a number with three significant digits. */
  private static String text(Object cell) {
    if (!(cell instanceof Double value)) {
      return cell.toString();
    }
    double size = Math.abs(value);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
