package streamcache.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import streamcache.testkit.Waiting;

/**
 * A shell command on a terminal of 30 rows and 100 columns, which script(1) provides: the keys that
 * somebody types, and all that was ever drawn. Owned by a test.
 */
public final class PseudoTerminal implements AutoCloseable {

  private static final String SIZE = "stty rows 30 cols 100; ";

  private final Process process;
  private final Waiting waiting = new Waiting();

  /** Guarded by {@link #waiting}. */
  private final StringBuilder drawn = new StringBuilder();

  private PseudoTerminal(Process process) {
    this.process = process;
  }

  /**
   * @param command for sh
   */
  public static PseudoTerminal start(String command, Map<String, String> environment) {
    // A job in the background of a shell ignores Ctrl-C, and so would all that it starts.
    ProcessBuilder builder =
        new ProcessBuilder(
                "env", "--default-signal=INT", "script", "-qfc", SIZE + command, "/dev/null")
            .redirectErrorStream(true);
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "JAVA_HOME"));
    builder.environment().putAll(Map.of("SHELL", "/bin/sh", "LANG", "C.UTF-8"));
    builder.environment().putAll(environment);
    try {
      PseudoTerminal terminal = new PseudoTerminal(builder.start());
      Thread.ofPlatform().daemon().name("terminal").start(terminal::read);
      return terminal;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    byte[] piece = new byte[8192];
    try (InputStream in = process.getInputStream()) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        String text = new String(piece, 0, count, StandardCharsets.UTF_8);
        waiting.change(() -> drawn.append(text));
      }
    } catch (IOException _) {
      // The stream fails when the process is killed.
    }
  }

  public void type(String keys) throws IOException {
    OutputStream out = process.getOutputStream();
    out.write(keys.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Waits until all that was drawn is as wanted, and returns it. */
  public String await(Predicate<String> wanted) {
    waiting.await(() -> wanted.test(drawn.toString()), drawn::toString);
    return waiting.read(drawn::toString);
  }

  /** Sends SIGTERM to each process on the terminal that runs this program. */
  public void terminate(String program) {
    process
        .descendants()
        .filter(
            each -> each.info().command().filter(path -> path.endsWith("/" + program)).isPresent())
        .forEach(ProcessHandle::destroy);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
