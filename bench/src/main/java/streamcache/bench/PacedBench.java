package streamcache.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Measures players that read at a film's rate, which is what players do nearly all the time:
 * against titles in the store, in turns with nginx, and against titles that are filled at twice the
 * film's rate. nginx serves the very files of the store, so that both read the same pages. Started
 * by {@code bench/paced}; takes the folder of a built distribution.
 */
public final class PacedBench {

  /** 8 Mbit/s. */
  private static final double FILM_RATE = 1e6;

  /** 1 Mbit/s: the rate at which a thousand players still leave this machine idle. */
  private static final double LOW_RATE = 125e3;

  private static final List<Integer> CROWDS = List.of(1, 10, 100, 1000);
  private static final int PLAYERS = 150;
  private static final int TITLES = 20;
  private static final int ROUNDS = 3;

  /** As many as a server has begun that is not in its first minutes. */
  private static final int WARM_UP_TITLES = 300;

  private static final int PORT = 28394;

  /** Far enough from the end that nobody reaches it while it is measured. */
  private static final long LAST_START = MeasuredFilm.PART_BYTES - (long) (70 * FILM_RATE);

  private final Random random = new Random(1);
  private final MeasuredServer nginx;
  private final MeasuredServer product;
  private final Path folder;
  private final Path media;

  private PacedBench(MeasuredServer nginx, MeasuredServer product, Path folder, Path media) {
    this.nginx = nginx;
    this.product = product;
    this.folder = folder;
    this.media = media;
  }

  public static void main(String[] arguments) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.named("streamcache-paced")) {
      MeasuredFilm.write(folder.path());
      Path own = Files.createDirectory(folder.path().resolve("product"));
      Path distribution = Path.of(arguments[0]).toAbsolutePath();
      try (MeasuredServer nginx = Servers.nginx(folder.path())) {
        try (MeasuredServer product = Servers.product(distribution, own, PORT)) {
          new PacedBench(nginx, product, folder.path(), own.resolve("cache/media")).run();
        }
        Table.head("paced players, titles that fill", "CPU s/GB", "first byte p50 ms", "stalls s");
        fill(distribution, folder.path(), ROUNDS, /* warm= */ false);
        for (int round = 0; round < ROUNDS; round++) {
          fill(distribution, folder.path(), round, /* warm= */ true);
        }
      }
    }
  }

  private void run() throws IOException {
    for (int title = 0; title < TITLES; title++) {
      Sink.whole(product.address(), stored(title), 1);
    }
    List<String> files = storedFiles();
    Table.head("paced players, titles in the store", "CPU s/GB", "first byte p50 ms", "stalls s");
    Series peer = new Series();
    Series ours = new Series();
    row("nginx, first round", cached(nginx, player -> files.get(player % files.size())));
    row("streamcache, first round", cached(product, PacedBench::stored));
    for (int round = 0; round < ROUNDS; round++) {
      peer.add(row("nginx", cached(nginx, player -> files.get(player % files.size()))).cpuPerGb());
      ours.add(row("streamcache", cached(product, PacedBench::stored)).cpuPerGb());
    }
    Table.row("nginx, median", peer.median(), "", "");
    Table.row("streamcache, median", ours.median(), "", "");
    grow();
  }

  /** On a server of its own: the fills of a round go on after its players have left. */
  private static void fill(Path distribution, Path folder, int round, boolean warm)
      throws IOException {
    Path own = Files.createDirectory(folder.resolve("product-" + round));
    try (MeasuredServer product = Servers.product(distribution, own, PORT)) {
      for (int title = 0; warm && title < WARM_UP_TITLES; title++) {
        Sink.whole(product.address(), PeerLinks.small("?warm=" + title), 1);
      }
      row(warm ? "streamcache" : "streamcache, just started", filling(product, round));
    }
  }

  private static String stored(int player) {
    return PeerLinks.part("?paced=" + player % TITLES);
  }

  /** The files of complete titles, as nginx serves them. */
  private List<String> storedFiles() throws IOException {
    try (Stream<Path> files = Files.walk(media)) {
      return files
          .filter(file -> file.toString().endsWith(".mkv"))
          .map(file -> path(folder.relativize(file)))
          .toList();
    }
  }

  private static String path(Path file) {
    try {
      return new URI(null, null, "/" + file, null).getRawPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Players at random places of titles that are in the store. */
  private PacedPlayers.Result cached(MeasuredServer server, IntFunction<String> targets)
      throws IOException {
    return PacedPlayers.run(server, PLAYERS, FILM_RATE, player -> at(targets.apply(player)));
  }

  private PacedPlayers.Request at(String target) {
    return new PacedPlayers.Request(target, random.nextLong(LAST_START));
  }

  private static PacedPlayers.Result filling(MeasuredServer product, int round) throws IOException {
    return PacedPlayers.run(
        product,
        PLAYERS,
        FILM_RATE,
        player ->
            new PacedPlayers.Request(
                PeerLinks.paced("?filling=" + round + "." + player % TITLES), /* from= */ 0));
  }

  /** What one server costs with more and more players. */
  private void grow() throws IOException {
    Table.head("players at 1 Mbit/s", "CPU s/GB", "first byte p50 ms", "stalls s", "resident MiB");
    for (int players : CROWDS) {
      PacedPlayers.Result result =
          PacedPlayers.run(product, players, LOW_RATE, player -> at(stored(player)));
      Table.row(
          players,
          result.cpuPerGb(),
          result.firstByte().median(),
          result.stalled(),
          product.residentMebibytes());
    }
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
