package streamcache.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many {@link PacedPlayer}s on one thread, so that they cost the machine as little as possible. */
final class PacedPlayers {

  private static final int PIECE = 16 * 1024;
  private static final Duration EVERY = Duration.ofMillis(10);
  private static final Duration WARM_UP = Duration.ofSeconds(8);

  /**
   * Long enough for some 2 s of processor time: /proc counts it in steps of 10 ms for each thread.
   */
  private static final Duration MEASURED = Duration.ofSeconds(40);

  private static final double GB = 1e9;

  /** What one player requests. */
  record Request(String target, long from) {}

  /**
   * The result of one run.
   *
   * @param cpuPerGb processor seconds of the server per GB that the players took
   * @param firstByte milliseconds to the first byte, of all players
   * @param starved players that got no byte
   * @param stalled seconds for which all players together stood still
   */
  record Result(double cpuPerGb, Series firstByte, long starved, double stalled) {}

  private PacedPlayers() {}

  /**
   * Starts all players within a second, and measures once they have settled.
   *
   * @param bytesPerSecond the rate at which each player takes its film
   */
  static Result run(
      MeasuredServer server, int count, double bytesPerSecond, IntFunction<Request> requests)
      throws IOException {
    List<PacedPlayer> players = new ArrayList<>();
    try {
      ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
      long begun = System.nanoTime();
      long measuredFrom = begun + WARM_UP.toNanos();
      long end = measuredFrom + MEASURED.toNanos();
      double before = 0;
      long bytes = 0;
      for (long now = begun; now < end; now = System.nanoTime()) {
        while (players.size() < count && now - begun > players.size() * 1e9 / count) {
          Request wanted = requests.apply(players.size());
          players.add(
              new PacedPlayer(server.address(), wanted.target(), wanted.from(), bytesPerSecond));
        }
        if (before == 0 && now >= measuredFrom) {
          before = server.cpuSeconds();
          bytes = 0;
        }
        for (PacedPlayer player : players) {
          bytes += player.read(now, piece);
        }
        LockSupport.parkNanos(Math.max(0, EVERY.toNanos() - (System.nanoTime() - now)));
      }
      return result((server.cpuSeconds() - before) / (bytes / GB), players);
    } finally {
      for (PacedPlayer player : players) {
        player.close();
      }
    }
  }

  private static Result result(double cpuPerGb, List<PacedPlayer> players) {
    Series firstByte = new Series();
    IntStream.range(0, players.size())
        .mapToDouble(i -> players.get(i).firstByteMillis())
        .forEach(firstByte::add);
    long starved =
        players.stream().filter(player -> Double.isInfinite(player.firstByteMillis())).count();
    double stalled = players.stream().mapToDouble(PacedPlayer::stalled).sum();
    return new Result(cpuPerGb, firstByte, starved, stalled);
  }
}
