package streamcache.bench;

import java.io.IOException;
import java.util.List;

/** Measures a cold title that many players open together: the cost of each further player. */
final class Tee {

  private static final int ROUNDS = 5;
  private static final double GB = 1e9;

  private final List<Audience> audiences = List.of(Audience.of(1), Audience.of(8), Audience.of(64));
  private final MeasuredServer product;
  private int titles;

  Tee(MeasuredServer product) {
    this.product = product;
  }

  void run() throws IOException {
    for (int round = 0; round <= ROUNDS; round++) {
      round(round);
    }
    print("cold title, followers");
  }

  /**
   * Measures each number of followers once. The cost of the first follower is almost entirely the
   * writer's: the download itself. Beyond it, each delivered GB should cost as much as a plain
   * sendfile. The numbers of followers take turns, since the cost of a write depends on the memory
   * that the system has at the moment.
   *
   * @param number round 0 warms up and does not count
   */
  void round(int number) throws IOException {
    double alone = 0;
    for (Audience audience : audiences) {
      double cpu = cpuSeconds(audience.followers());
      alone = audience.followers() == 1 ? cpu : alone;
      if (number > 0) {
        audience.add(cpu, alone);
      }
    }
  }

  void print(String title) {
    Table.head(title, "CPU s in all", "CPU s per GB beyond the first");
    for (Audience audience : audiences) {
      boolean isAlone = audience.followers() == 1;
      Object beyond = isAlone ? "-" : audience.beyond().median();
      Table.row(audience.followers(), audience.inAll().median(), beyond);
    }
  }

  /** The cost of a given number of followers, round by round. */
  private record Audience(int followers, Series inAll, Series beyond) {

    static Audience of(int followers) {
      return new Audience(followers, new Series(), new Series());
    }

    void add(double cpu, double alone) {
      inAll.add(cpu);
      beyond.add((cpu - alone) / (MeasuredFilm.BYTES / GB * Math.max(1, followers - 1)));
    }
  }

  private double cpuSeconds(int followers) throws IOException {
    double before = product.cpuSeconds();
    titles++;
    Sink.whole(product.address(), PeerLinks.film("?tee=" + titles), followers);
    return product.cpuSeconds() - before;
  }
}
