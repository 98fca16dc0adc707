package streamcache.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Shows on a terminal how far a command is. One thread. */
final class ProgressBar implements AutoCloseable {

  private static final int CELLS = 40;
  private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();

  private final PrintWriter out;
  private final boolean isShown;
  private final LongSupplier clock;
  private long done;
  private long total;
  private long shownAt;
  private boolean isThere;

  /**
   * @param clock monotonic nanoseconds
   */
  ProgressBar(PrintWriter out, boolean isShown, LongSupplier clock) {
    this.out = out;
    this.isShown = isShown;
    this.clock = clock;
    this.shownAt = clock.getAsLong();
  }

  /** Counts the files first, if somebody watches. */
  static ProgressBar begin(List<Path> folders, PrintWriter out, boolean isTerminal) {
    ProgressBar bar = new ProgressBar(out, isTerminal, System::nanoTime);
    bar.total = isTerminal ? folders.stream().mapToLong(ProgressBar::files).sum() : 0;
    return bar;
  }

  private static long files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".strm")).count();
    } catch (IOException | UncheckedIOException e) {
      return 0; // The walk that follows reports it.
    }
  }

  /** One more file is done. */
  void step() {
    done++;
    if (total > 0 && isDue()) {
      show(done, total, "%,d of %,d".formatted(done, total));
    }
  }

  /**
   * Of {@code all}, {@code part} is done.
   *
   * @param all 0 if it is not known: then only the words are shown
   */
  void at(long part, long all, String words) {
    if (isDue()) {
      show(part, all, words);
    }
  }

  private boolean isDue() {
    long now = clock.getAsLong();
    boolean isDue = isShown && now - shownAt >= EVERY_NANOS;
    shownAt = isDue ? now : shownAt;
    return isDue;
  }

  private void show(long part, long all, String words) {
    int full = all <= 0 ? 0 : (int) (CELLS * Math.min(part, all) / all);
    String bar = all <= 0 ? "" : "[" + "=".repeat(full) + " ".repeat(CELLS - full) + "] ";
    out.print("\r\u001b[K" + bar + words);
    out.flush();
    isThere = true;
  }

  /** Clears the line, before something else is printed; the next step shows it again. */
  @Override
  public void close() {
    if (isThere) {
      isThere = false;
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
