package streamcache.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how fast several players get a cold title that all of them open together, against nginx
 * as a caching proxy and, where it is installed, Varnish. Each title is new to each server, and all
 * have the same provider. nginx lets the others wait until its first download is complete, which is
 * what {@code proxy_cache_lock} does; without it, each player would be a download.
 */
final class TeePeers {

  private static final int ROUNDS = 3;
  private static final int[] AUDIENCES = {1, 8, 32};
  private static final double GB = 1e9;

  private final Path folder;
  private final MeasuredServer product;
  private int titles;

  TeePeers(Path folder, MeasuredServer product) {
    this.folder = folder;
    this.product = product;
  }

  void run() throws IOException {
    List<MeasuredServer> peers = new ArrayList<>();
    try {
      peers.add(Servers.nginxCache(folder));
      Servers.varnish(folder).ifPresent(peers::add);
      Table.head("cold title that players share, players", "server", "GB/s", "CPU s/GB");
      for (int players : AUDIENCES) {
        for (MeasuredServer peer : peers) {
          compare(players, peer);
        }
      }
    } finally {
      peers.forEach(MeasuredServer::close);
    }
  }

  /** Both servers in turns; the first round of each warms up and does not count. */
  private void compare(int players, MeasuredServer peer) throws IOException {
    Series[] readings = {new Series(), new Series(), new Series(), new Series()};
    for (int round = 0; round <= ROUNDS; round++) {
      Rounds.Reading theirs = read(peer, path(), players);
      Rounds.Reading ours = read(product, PeerLinks.of(PeerLinks.PROVIDER_PORT, path()), players);
      if (round > 0) {
        readings[0].add(theirs.rate());
        readings[1].add(theirs.cost());
        readings[2].add(ours.rate());
        readings[3].add(ours.cost());
      }
    }
    Table.row(players, peer.name(), readings[0].median(), readings[1].median());
    Table.row(players, product.name(), readings[2].median(), readings[3].median());
  }

  private String path() {
    titles++;
    return "/" + MeasuredFilm.NAME + "?shared=" + titles;
  }

  private static Rounds.Reading read(MeasuredServer server, String target, int players)
      throws IOException {
    double cpu = server.cpuSeconds();
    long begun = System.nanoTime();
    double amount = Sink.whole(server.address(), target, players) / GB;
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (amount < players * (MeasuredFilm.BYTES / GB)) {
      throw new IOException(server.name() + " sent less than the film");
    }
    return new Rounds.Reading(amount / seconds, (server.cpuSeconds() - cpu) / amount);
  }
}
