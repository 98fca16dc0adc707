package streamcache.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import streamcache.catalog.LibrarySummary;
import streamcache.link.SafeText;
import streamcache.xtream.XtreamNews;

/** What an import tells the person who started it, and how far it is. One thread. */
final class ImportReport implements Consumer<String> {

  /** A folder without rights gives the same sentence for every entry. */
  private static final int MOST_SENTENCES = 20;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean isJson;
  private final ProgressBar bar;
  private long problems;

  /**
   * @param bar on {@code err}
   */
  ImportReport(PrintWriter out, PrintWriter err, boolean isJson, ProgressBar bar) {
    this.out = out;
    this.err = err;
    this.isJson = isJson;
    this.bar = bar;
  }

  /** A sentence about a problem; names of a playlist may contain URLs and control characters. */
  @Override
  public void accept(String problem) {
    problems++;
    if (problems <= MOST_SENTENCES) {
      say(SafeText.of(problem).replaceAll("\\p{Cntrl}", " "));
    }
  }

  /** Says something that is no problem. */
  void say(String sentence) {
    bar.close();
    err.println("streamcache: " + sentence);
  }

  /** What the import of a panel tells while it runs. */
  XtreamNews news() {
    return new XtreamNews() {
      @Override
      public void accept(String sentence) {
        say(sentence);
      }

      @Override
      public void series(long done, long all) {
        bar.at(done, all, String.format(Locale.ROOT, "%,d of %,d series", done, all));
      }
    };
  }

  /**
   * How far a playlist is.
   *
   * @param read bytes
   * @param size of the playlist in bytes; 0 if it is not known
   */
  void entries(long entries, long read, long size) {
    bar.at(read, size, Printable.count(entries, "entry", "entries"));
  }

  boolean isClean() {
    return problems == 0;
  }

  void print(LibrarySummary summary, long omitted, boolean isDryRun) {
    bar.close();
    if (problems > MOST_SENTENCES) {
      say(
          "and "
              + Printable.count(problems - MOST_SENTENCES, "more problem", "more problems")
              + " of this import.");
    }
    out.print(isJson ? json(summary, omitted, isDryRun) : text(summary, omitted, isDryRun));
    out.flush();
  }

  private static String text(LibrarySummary summary, long omitted, boolean isDryRun) {
    return (isDryRun ? "Nothing was changed. An import would give:\n" : "")
        + line("written", summary.written())
        + line("unchanged", summary.unchanged())
        + line("channels", summary.channels())
        + line("not selected", omitted)
        + line("failed", summary.failed())
        + line("removed", summary.removed())
        + line("no longer listed", summary.stale());
  }

  private static String line(String what, long count) {
    return "%-17s %d%n".formatted(what, count);
  }

  private static String json(LibrarySummary summary, long omitted, boolean isDryRun) {
    return "{\"dry_run\":%b,\"written\":%d,\"unchanged\":%d,\"channels\":%d,\"not_selected\":%d,\"failed\":%d,\"removed\":%d,\"no_longer_listed\":%d}%n"
        .formatted(
            isDryRun,
            summary.written(),
            summary.unchanged(),
            summary.channels(),
            omitted,
            summary.failed(),
            summary.removed(),
            summary.stale());
  }
}
