package streamcache.testkit.player;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * VLC without a screen, controlled through its remote control on standard input. It decodes and
 * displays as it would with one. Owned by one thread.
 */
public final class Vlc implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern DISPLAYED = Pattern.compile(".*frames displayed : +([0-9]+)");

  /** It refuses to run as root, so it then runs as nobody. */
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final Process process;
  private final Path home;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private volatile boolean refused;

  private Vlc(Process process, Path home) {
    this.process = process;
    this.home = home;
  }

  /** Opens a film; returns when it plays. */
  public static Vlc play(String url) throws IOException {
    Path home =
        Files.createTempDirectory(
            "vlc",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(AS_NOBODY);
    }
    command.addAll(List.of(Tool.VLC.program(), "--intf", "oldrc", "--rc-fake-tty"));
    command.addAll(List.of("--vout", "dummy", "--aout", "dummy", url));
    ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
    program.environment().put("HOME", home.toString());
    Vlc vlc = new Vlc(program.start(), home);
    Thread.ofVirtual().start(vlc::readLines);
    try {
      vlc.awaitPlaying();
    } catch (AssertionError e) {
      vlc.close();
      throw e;
    }
    return vlc;
  }

  /** It reports nothing by itself, except when it fails. */
  private void awaitPlaying() throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (seconds() == 0) {
      if (refused || hasEnded() || System.nanoTime() > end) {
        throw new AssertionError("VLC does not play");
      }
    }
  }

  /** Seeks; returns when it has displayed pictures and played on from there. */
  public void seek(Duration to) throws IOException {
    long before = displayed();
    send("seek " + to.toSeconds());
    await(line -> line.contains("time: " + to.toSeconds() + "s"), "that it seeks");
    long end = System.nanoTime() + LIMIT.toNanos();
    while (displayed() <= before || seconds() <= to.toSeconds()) {
      if (System.nanoTime() > end || hasEnded()) {
        throw new AssertionError("VLC displays nothing at " + to);
      }
    }
  }

  /** Returns the playback position in seconds. */
  public long seconds() throws IOException {
    send("get_time");
    return Long.parseLong(await(line -> NUMBER.matcher(line).matches(), "the time"));
  }

  /** Returns the pictures displayed since the film was opened. */
  private long displayed() throws IOException {
    send("stats");
    String line = await(each -> DISPLAYED.matcher(each).matches(), "what it has displayed");
    Matcher found = DISPLAYED.matcher(line);
    return found.matches() ? Long.parseLong(found.group(1)) : 0;
  }

  /** Waits a moment, so that it is not kept busy with queries. */
  private boolean hasEnded() {
    try {
      return process.waitFor(BETWEEN_QUESTIONS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    Files.deleteIfExists(home);
  }

  private void send(String command) throws IOException {
    lines.clear();
    process.outputWriter().write(command + "\n");
    process.outputWriter().flush();
  }

  private String await(Predicate<String> wanted, String what) {
    List<String> heard = new ArrayList<>();
    try {
      while (true) {
        String line = lines.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (line == null) {
          throw new AssertionError("VLC did not say " + what + " but " + heard);
        }
        if (wanted.test(line)) {
          return line;
        }
        heard.add(line);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void heard(String line) {
    refused = refused || line.contains("can't be opened");
    lines.add(line);
  }

  private void readLines() {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().map(String::strip).forEach(this::heard);
    } catch (IOException | UncheckedIOException _) {
      // Closed with the player; a caller that waits for a line fails by its time-out.
    }
  }
}
