package streamcache.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server as a real process: its output lines are events to wait for, it can be killed as by a
 * power failure or asked to terminate, and the system is queried for the resources it uses. Owned
 * by a test.
 */
public final class ServerProcess implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** The whole environment of a server, unless the test adds to it. */
  private static final List<String> KEPT = List.of("PATH", "HOME", "JAVA_HOME", "LANG", "TMPDIR");

  private final Process process;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private ServerProcess(Process process) {
    this.process = process;
  }

  /** Standard output and standard error are merged into one stream of lines. */
  public static ServerProcess start(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().retainAll(KEPT);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      ServerProcess server = new ServerProcess(process);
      Thread.ofPlatform().daemon().name("server-output").start(server::readLines);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the first line since the start in which the pattern is found. */
  public MatchResult awaitLine(Pattern pattern) {
    return awaitLine(pattern, 1);
  }

  /** Waits for the n-th such line. */
  public MatchResult awaitLine(Pattern pattern, int count) {
    long left = LIMIT.toNanos();
    lock.lock();
    try {
      while (true) {
        Optional<MatchResult> found = find(pattern, count);
        if (found.isPresent()) {
          return found.get();
        }
        if (ended || left <= 0) {
          throw new AssertionError("no line with " + pattern + " from " + this);
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the line that names the port, which is the pattern's first group. */
  public int awaitPort(Pattern pattern) {
    return Integer.parseInt(awaitLine(pattern).group(1));
  }

  public List<String> lines() {
    lock.lock();
    try {
      return List.copyOf(lines);
    } finally {
      lock.unlock();
    }
  }

  public String output() {
    return String.join("\n", lines());
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGKILL: nothing is flushed, no hook runs. Returns when the process is gone. */
  public void kill9() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Sends SIGTERM and returns the exit code. Output during the shutdown is still read. */
  public int terminate() {
    // Not Process.destroy: that closes our end of its output first.
    boolean _ = process.toHandle().destroy();
    return awaitExit();
  }

  public int awaitExit() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("does not end: " + this);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the resident memory in bytes. */
  public long residentBytes() {
    return status("VmRSS") * 1024;
  }

  /** Returns the largest resident memory so far, in bytes. */
  public long peakResidentBytes() {
    return status("VmHWM") * 1024;
  }

  public int threads() {
    return Math.toIntExact(status("Threads"));
  }

  public int openDescriptors() {
    return descriptors().size();
  }

  /** Returns what each open descriptor refers to, such as a path or a socket. */
  public List<String> descriptors() {
    try (Stream<Path> links = Files.list(proc("fd"))) {
      return links.map(ServerProcess::target).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitExit();
  }

  @Override
  public String toString() {
    String state = process.isAlive() ? "running" : "exit " + process.exitValue();
    return "process " + process.pid() + " (" + state + "), output:\n" + output();
  }

  private Optional<MatchResult> find(Pattern pattern, int count) {
    int found = 0;
    for (String line : lines) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find() && ++found == count) {
        return Optional.of(matcher.toMatchResult());
      }
    }
    return Optional.empty();
  }

  private void readLines() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException _) {
      // The stream fails when the process is killed.
    }
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(String line) {
    lock.lock();
    try {
      lines.add(line);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long status(String key) {
    try (Stream<String> all = Files.lines(proc("status"))) {
      return all.filter(line -> line.startsWith(key + ":"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path proc(String name) {
    return Path.of("/proc", Long.toString(pid()), name);
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "closed meanwhile";
    }
  }
}
