package streamcache.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures what a server does within the limits of a small container: ten viewers at the rate of a
 * film, half of them on titles in the store, half on titles that are filled at twice that rate.
 * Fails if the server ends or a viewer gets nothing. Started by {@code bench/limits}; takes the
 * folder of a built distribution.
 */
public final class LimitsBench {

  /** 8 Mbit/s. */
  private static final double FILM_RATE = 1e6;

  private static final int PLAYERS = 10;
  private static final int PORT = 28397;
  private static final int ROUNDS = 3;

  /** Small enough that nobody reaches the end of a title. */
  private static final long STORED_FROM = 20_000_000;

  /**
   * A limit, as compose files write it.
   *
   * @param processors 0 for all
   */
  private record Limit(String name, int mebibytes, int processors) {}

  private LimitsBench() {}

  public static void main(String[] arguments) throws IOException {
    Path distribution = Path.of(arguments[0]).toAbsolutePath();
    Table.head(
        "limit",
        "CPU s/GB",
        "first byte p50 ms",
        "stalls s",
        "resident MiB",
        "killed by the kernel");
    try (TemporaryFolder folder = TemporaryFolder.named("streamcache-limits")) {
      MeasuredFilm.write(folder.path());
      try (MeasuredServer _ = Servers.nginx(folder.path())) {
        for (int round = 0; round < ROUNDS; round++) {
          measure(distribution, folder.path(), new Limit("128 MiB", 128, 0));
          measure(distribution, folder.path(), new Limit("512 MiB, one processor", 512, 1));
        }
      }
    }
  }

  private static void measure(Path distribution, Path folder, Limit limit) throws IOException {
    Path own = Files.createTempDirectory(folder, "product");
    try (ControlGroup group =
        ControlGroup.make((long) limit.mebibytes() << 20, limit.processors())) {
      try (MeasuredServer product = Servers.product(distribution, own, PORT, group::within)) {
        for (int player = 0; player < PLAYERS / 2; player++) {
          Sink.whole(product.address(), stored(player), 1);
        }
        PacedPlayers.Result result =
            PacedPlayers.run(product, PLAYERS, FILM_RATE, LimitsBench::request);
        Table.row(
            limit.name(),
            result.cpuPerGb(),
            result.firstByte().median(),
            result.stalled(),
            product.residentMebibytes(),
            group.killed());
        if (result.starved() > 0) {
          throw new IOException(result.starved() + " viewers got nothing");
        }
      }
    }
  }

  private static PacedPlayers.Request request(int player) {
    return player < PLAYERS / 2
        ? new PacedPlayers.Request(stored(player), STORED_FROM)
        : new PacedPlayers.Request(PeerLinks.paced("?limits=" + player), /* from= */ 0);
  }

  private static String stored(int player) {
    return PeerLinks.part("?limits=" + player);
  }
}
