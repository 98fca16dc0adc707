package streamcache.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Measures players that read at a film's rate, which is what players do nearly all the time:
 * against titles in the store, in turns with nginx, and against titles that are filled at twice the
 * film's rate. Started by {@code bench/paced}; takes the folder of a built distribution.
 */
public final class PacedBench {

  private static final int PLAYERS = 150;
  private static final int TITLES = 20;
  private static final int ROUNDS = 3;
  private static final int PORT = 28394;

  /** Far enough from the end that nobody reaches it while it is measured. */
  private static final long LAST_START =
      MeasuredFilm.BYTES - (long) (60 * PacedPlayers.BYTES_PER_SECOND);

  private final Random random = new Random(1);
  private final MeasuredServer nginx;
  private final MeasuredServer product;

  private PacedBench(MeasuredServer nginx, MeasuredServer product) {
    this.nginx = nginx;
    this.product = product;
  }

  public static void main(String[] arguments) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.named("streamcache-paced")) {
      MeasuredFilm.write(folder.path());
      Path own = Files.createDirectory(folder.path().resolve("product"));
      Path distribution = Path.of(arguments[0]).toAbsolutePath();
      try (MeasuredServer nginx = Servers.nginx(folder.path());
          MeasuredServer product = Servers.product(distribution, own, PORT)) {
        new PacedBench(nginx, product).run();
      }
    }
  }

  private void run() throws IOException {
    for (int title = 0; title < TITLES; title++) {
      Sink.whole(product.address(), PeerLinks.film("?paced=" + title), 1);
    }
    Table.head("paced players, titles in the store", "CPU s/GB", "first byte p50 ms", "stalls s");
    Series peer = new Series();
    Series ours = new Series();
    for (int round = 0; round < ROUNDS; round++) {
      peer.add(row("nginx", cached(nginx, _ -> nginx.target())).cpuPerGb());
      ours.add(
          row("streamcache", cached(product, player -> PeerLinks.film("?paced=" + player % TITLES)))
              .cpuPerGb());
    }
    Table.row("nginx, median", peer.median(), "", "");
    Table.row("streamcache, median", ours.median(), "", "");
    Table.head("paced players, titles that fill", "CPU s/GB", "first byte p50 ms", "stalls s");
    for (int round = 0; round < ROUNDS; round++) {
      row("streamcache", filling(round));
    }
  }

  /** Players at random places of titles that are in the store, or of the peer's only film. */
  private PacedPlayers.Result cached(MeasuredServer server, IntFunction<String> targets)
      throws IOException {
    return PacedPlayers.run(
        server,
        PLAYERS,
        player -> new PacedPlayers.Request(targets.apply(player), random.nextLong(LAST_START)));
  }

  private PacedPlayers.Result filling(int round) throws IOException {
    return PacedPlayers.run(
        product,
        PLAYERS,
        player ->
            new PacedPlayers.Request(
                PeerLinks.paced("?filling=" + round + "." + player % TITLES), /* from= */ 0));
  }

  private static PacedPlayers.Result row(String name, PacedPlayers.Result result) {
    Table.row(
        name + (result.starved() == 0 ? "" : ", " + result.starved() + " got nothing"),
        result.cpuPerGb(),
        result.firstByte().median(),
        result.stalled());
    return result;
  }
}
