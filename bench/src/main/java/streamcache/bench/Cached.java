package streamcache.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Compares a complete title with the same file served by nginx: the whole file, and ranges. */
final class Cached {

  private static final Duration EACH = Duration.ofSeconds(2);
  private static final Duration WARM = Duration.ofSeconds(30);
  private static final Duration EARLY = Duration.ofSeconds(10);

  /** Ranges of one size over a number of kept connections. */
  private record Load(long size, int connections) {
    String name() {
      return (size >> 10) + " KiB, " + connections;
    }
  }

  private static final List<Load> LOADS =
      List.of(
          new Load(64 << 10, 8),
          new Load(64 << 10, 32),
          new Load(64 << 10, 64),
          new Load(1 << 10, 64));

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
    head("ranges, kept connections");
    Wrk.run(folder, rounds.product(), /* connections= */ 64, /* size= */ 64 << 10, WARM);
    for (Load load : LOADS) {
      Rounds.Result result = rounds.measure(server -> request(server, load, EACH));
      row(load.name(), result.peer(), result.product());
    }
  }

  /** Ranges in the first seconds of a server; the product must have just started. */
  void early() throws IOException, InterruptedException {
    Load load = new Load(64 << 10, 64);
    Rounds.Reading ours = request(rounds.product(), load, EARLY);
    head("ranges, first 10 s after the start");
    row(load.name(), request(rounds.peer(), load, EARLY), ours);
  }

  private static void head(String what) {
    Table.head(
        what,
        "nginx requests/s",
        "ours requests/s",
        "nginx CPU us",
        "ours CPU us",
        "ratio of requests/s");
  }

  private static void row(String name, Rounds.Reading peer, Rounds.Reading product) {
    Table.row(
        name,
        peer.rate(),
        product.rate(),
        peer.cost(),
        product.cost(),
        product.rate() / peer.rate());
  }

  private static Rounds.Reading drain(MeasuredServer server, int connections) throws IOException {
    double cpu = server.cpuSeconds();
    long begun = System.nanoTime();
    double amount = Sink.drain(server.address(), server.target(), connections, EACH) / GB;
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Rounds.Reading(amount / seconds, (server.cpuSeconds() - cpu) / amount);
  }

  private Rounds.Reading request(MeasuredServer server, Load load, Duration time)
      throws IOException, InterruptedException {
    double cpu = server.cpuSeconds();
    Wrk.Result result = Wrk.run(folder, server, load.connections(), load.size(), time);
    double micros = (server.cpuSeconds() - cpu) * 1e6;
    return new Rounds.Reading(result.requestsASecond(), micros / result.requests());
  }
}
