package streamcache.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import streamcache.library.StrmDecision;
import streamcache.library.StrmDecision.Changed;
import streamcache.library.StrmDecision.Faulty;
import streamcache.library.StrmDecision.Kept;
import streamcache.library.StrmDecision.Left;

/** Prints a table: how many files change, stay or are left alone, and why, with an example each. */
final class StrmTable extends StrmReport {

  /** A row of the table. */
  private record Row(String action, String what) {}

  /** How many files a row has, and the first of them. */
  private static final class Files {
    private final String first;
    private long count;

    Files(String first) {
      this.first = first;
    }
  }

  private final PrintWriter out;
  private final String action;
  private final boolean writes;
  private final Map<Row, Files> rows = new LinkedHashMap<>();
  private long changed;

  /**
   * @param action the action of the command
   * @param writes whether the files are written
   */
  StrmTable(PrintWriter out, String action, boolean writes) {
    this.out = out;
    this.action = action;
    this.writes = writes;
  }

  @Override
  void print(String file, StrmDecision decision) {
    if (decision instanceof Changed) {
      changed++;
    }
    rows.computeIfAbsent(row(decision), _ -> new Files(file)).count++;
  }

  private static Row row(StrmDecision decision) {
    return switch (decision) {
      case Changed(var change, _, var film) ->
          switch (change) {
            case WRAP -> new Row("wrap", "film at " + film.host());
            case REBASE -> new Row("rebase", "link with another address, form or key");
            case UNWRAP -> new Row("unwrap", "link to " + film.host());
          };
      case Kept(_, String base) -> new Row("keep", "link as it should be, at " + base);
      case Left(var reason) -> new Row("leave", reason.words());
      case Faulty(String sentence) -> new Row("FAULT", sentence);
    };
  }

  @Override
  void end() {
    out.printf("%10s  %-7s %s%n", "files", "action", "what, with an example");
    rows.entrySet().stream()
        .sorted(Comparator.comparingLong(row -> -row.getValue().count))
        .forEach(row -> print(row.getKey(), row.getValue()));
    out.println(conclusion());
    out.flush();
  }

  private void print(Row row, Files files) {
    out.printf(Locale.ROOT, "%,10d  %-7s %s%n", files.count, row.action(), row.what());
    out.printf("%21s %s%n", "", files.first);
  }

  private String conclusion() {
    if (!action.contains("wrap")) {
      return faulty() == 0
          ? "All links are valid; no provider was asked."
          : Printable.count(faulty(), "file needs", "files need") + " attention.";
    }
    if (changed == 0) {
      return "Nothing to change.";
    }
    return writes
        ? Printable.count(changed, "file", "files") + " changed."
        : "Nothing was written. To change %s, run the command again with %s."
            .formatted(Printable.count(changed, "file", "files"), StrmCommand.YES);
  }
}
