package streamcache.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Shows on a terminal how far a command is. One thread. */
final class ProgressBar implements AutoCloseable {

  private static final int CELLS = 40;
  private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();

  private final PrintWriter out;
  private final boolean isShown;
  private final long total;
  private long done;
  private long shownAt = System.nanoTime();

  private ProgressBar(PrintWriter out, boolean isShown, long total) {
    this.out = out;
    this.isShown = isShown;
    this.total = total;
  }

  /** Counts the files first, if somebody watches. */
  static ProgressBar begin(List<Path> folders, PrintWriter out, boolean isTerminal) {
    long total = isTerminal ? folders.stream().mapToLong(ProgressBar::files).sum() : 0;
    return new ProgressBar(out, isTerminal && total > 0, total);
  }

  private static long files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".strm")).count();
    } catch (IOException | UncheckedIOException e) {
      return 0; // The walk that follows reports it.
    }
  }

  void step() {
    done++;
    long now = System.nanoTime();
    if (isShown && now - shownAt >= EVERY_NANOS) {
      shownAt = now;
      show();
    }
  }

  private void show() {
    int full = (int) (CELLS * Math.min(done, total) / total);
    out.printf(
        Locale.ROOT,
        "\r[%s%s] %,d of %,d",
        "=".repeat(full),
        " ".repeat(CELLS - full),
        done,
        total);
    out.flush();
  }

  /** Clears the line. */
  @Override
  public void close() {
    if (isShown) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
