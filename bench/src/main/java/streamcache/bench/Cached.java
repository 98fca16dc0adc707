package streamcache.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Compares a complete title with the same file served by nginx: the whole file, and ranges. */
final class Cached {

  private static final Duration EACH = Duration.ofSeconds(2);
  private static final Duration WARM = Duration.ofSeconds(8);
  private static final double GB = 1e9;

  private final Rounds rounds;
  private final Path folder;

  Cached(Rounds rounds, Path folder) {
    this.rounds = rounds;
    this.folder = folder;
  }

  void whole() throws IOException, InterruptedException {
    Table.head(
        "whole file, connections",
        "nginx GB/s",
        "ours GB/s",
        "nginx CPU s/GB",
        "ours CPU s/GB",
        "ratio of CPU");
    for (int connections : new int[] {1, 16, 64}) {
      Rounds.Result result = rounds.measure(server -> drain(server, connections));
      Table.row(
          connections,
          result.peer().rate(),
          result.product().rate(),
          result.peer().cost(),
          result.product().cost(),
          result.product().cost() / result.peer().cost());
    }
  }

  void ranges() throws IOException, InterruptedException {
    Table.head(
        "ranges, 64 kept connections",
        "nginx requests/s",
        "ours requests/s",
        "nginx CPU us",
        "ours CPU us",
        "ratio of requests/s");
    for (long size : new long[] {64 << 10, 1 << 10}) {
      Wrk.run(folder, rounds.product(), size, WARM);
      Rounds.Result result = rounds.measure(server -> request(server, size));
      Table.row(
          (size >> 10) + " KiB",
          result.peer().rate(),
          result.product().rate(),
          result.peer().cost(),
          result.product().cost(),
          result.product().rate() / result.peer().rate());
    }
  }

  private static Rounds.Reading drain(MeasuredServer server, int connections) throws IOException {
    double cpu = server.cpuSeconds();
    long begun = System.nanoTime();
    double amount = Sink.drain(server.address(), server.target(), connections, EACH) / GB;
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Rounds.Reading(amount / seconds, (server.cpuSeconds() - cpu) / amount);
  }

  private Rounds.Reading request(MeasuredServer server, long size)
      throws IOException, InterruptedException {
    double cpu = server.cpuSeconds();
    Wrk.Result result = Wrk.run(folder, server, size, EACH);
    double micros = (server.cpuSeconds() - cpu) * 1e6;
    return new Rounds.Reading(result.requestsASecond(), micros / result.requests());
  }
}
