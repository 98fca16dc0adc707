package streamcache.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server under measurement: its process, its children and its port. */
record MeasuredServer(String name, Process process, int port, String target)
    implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);
  private static final double TICKS_A_SECOND = 100;

  static MeasuredServer start(
      String name, List<String> command, Map<String, String> environment, int port, String target)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    MeasuredServer server = new MeasuredServer(name, builder.start(), port, target);
    server.awaitListening();
    return server;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private void awaitListening() throws IOException {
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket()) {
        socket.connect(address());
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
      }
    }
    throw new IOException(name + " does not listen");
  }

  /** User and system time of the process and its children, in seconds. */
  double cpuSeconds() throws IOException {
    double sum = 0;
    for (ProcessHandle each : tree()) {
      String stat = Files.readString(Path.of("/proc", Long.toString(each.pid()), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      sum += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }
    return sum;
  }

  /** Resident memory of the process itself, in MiB. */
  long residentMebibytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024;
    }
  }

  private List<ProcessHandle> tree() {
    List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
    process.toHandle().descendants().forEach(all::add);
    return all;
  }

  @Override
  public void close() {
    tree().forEach(ProcessHandle::destroy);
    process.onExit().join();
  }
}
