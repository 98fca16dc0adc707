package streamcache.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The result of one run of a tool.
 *
 * @param command as started
 * @param exitCode of the process; -1 if it had to be killed
 * @param killed whether it exceeded the time limit
 */
public record Run(
    List<String> command, int exitCode, boolean killed, String out, String err, Duration time) {

  /** Long enough for two minutes of film on a busy machine. */
  public static final Duration LIMIT = Duration.ofMinutes(3);

  /** Runs the command to its end; the process never outlives the call. */
  public static Run of(List<String> command) {
    return of(LIMIT, command);
  }

  public static Run of(Duration limit, List<String> command) {
    return of(limit, new ProcessBuilder(command));
  }

  /** Runs a program with an environment or a folder of its own. */
  public static Run of(ProcessBuilder program) {
    return of(LIMIT, program);
  }

  private static Run of(Duration limit, ProcessBuilder program) {
    List<String> command = List.copyOf(program.command());
    long begun = System.nanoTime();
    Process process = start(program);
    try {
      CompletableFuture<String> out = text(process.getInputStream());
      CompletableFuture<String> err = text(process.getErrorStream());
      boolean ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (!ended) {
        // Not after a normal exit: this closes the streams, and with them the output not yet read.
        process.destroyForcibly().waitFor();
      }
      Duration time = Duration.ofNanos(System.nanoTime() - begun);
      int exitCode = ended ? process.exitValue() : -1;
      return new Run(command, exitCode, !ended, out.join(), err.join(), time);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted: " + command, e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Whether the exit code is 0 and there are no complaints. */
  public boolean isGood() {
    return exitCode == 0 && err.isBlank();
  }

  /** Fails unless the tool ended successfully and without complaints. */
  public Run expectGood() {
    if (!isGood()) {
      throw new AssertionError(toString());
    }
    return this;
  }

  @Override
  public String toString() {
    String end = killed ? "killed" : "exit " + exitCode;
    return "%s after %d ms: %s%n%s".formatted(end, time.toMillis(), command, err);
  }

  private static Process start(ProcessBuilder program) {
    try {
      Process process = program.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompletableFuture<String> text(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (stream) {
            text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
          } catch (IOException e) {
            text.complete("[" + e + "]");
          }
        });
    return text;
  }
}
