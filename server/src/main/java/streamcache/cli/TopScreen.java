package streamcache.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal while a command draws on it: another page of it, without a cursor, and keys arrive
 * without Enter where the system has {@code stty}. Closing it, which a shutdown hook does as well,
 * puts everything back once. One thread draws.
 */
final class TopScreen implements AutoCloseable {

  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";
  private static final Pattern SIZE = Pattern.compile("\\s*(\\d{1,4}) (\\d{1,4})\\s*");

  /** Rows and columns. */
  record Size(int height, int width) {
    static final Size USUAL = new Size(24, 80);
  }

  private final PrintWriter out;
  private final Optional<String> before;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /** Held over what is drawn, so that nothing is drawn once the terminal is as before. */
  private final ReentrantLock drawing = new ReentrantLock();

  private final Thread hook = new Thread(this::restore, "terminal");

  private TopScreen(PrintWriter out) {
    this.out = out;
    this.before = stty("-g").filter(state -> !state.isBlank()).map(String::strip);
  }

  static TopScreen open(PrintWriter out) {
    TopScreen screen = new TopScreen(out);
    Runtime.getRuntime().addShutdownHook(screen.hook);
    screen.before.ifPresent(_ -> stty("-icanon", "-echo", "min", "1"));
    out.print(ENTER);
    out.flush();
    return screen;
  }

  Size size() {
    Matcher size = SIZE.matcher(stty("size").orElse(""));
    boolean isKnown = size.matches() && !size.group(1).equals("0") && !size.group(2).equals("0");
    return isKnown
        ? new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)))
        : Size.USUAL;
  }

  /** Draws over the lines before. The last line has no line end, which would scroll. */
  void draw(List<String> lines) {
    StringBuilder page = new StringBuilder(HOME);
    for (int at = 0; at < lines.size(); at++) {
      page.append(at == 0 ? "" : "\r\n").append(lines.get(at)).append(REST_OF_LINE);
    }
    drawing.lock();
    try {
      if (!isClosed.get()) {
        out.print(page.append(REST_OF_SCREEN));
        out.flush();
      }
    } finally {
      drawing.unlock();
    }
  }

  @Override
  public void close() {
    restore();
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending, and the hook has run or will find nothing to do.
    }
  }

  private void restore() {
    if (isClosed.compareAndSet(false, true)) {
      drawing.lock();
      try {
        out.print(LEAVE);
        out.flush();
      } finally {
        drawing.unlock();
      }
      before.ifPresent(TopScreen::stty);
    }
  }

  /** What stty prints about the terminal of this process; empty if it cannot say. */
  private static Optional<String> stty(String... words) {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add("stty");
    builder.command().addAll(List.of(words));
    builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      try (InputStream in = process.getInputStream()) {
        String said = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        boolean isDone = process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == 0;
        return isDone ? Optional.of(said) : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
