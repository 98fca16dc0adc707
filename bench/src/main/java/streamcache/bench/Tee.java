package streamcache.bench;

import java.io.IOException;

/** A cold title that many players open together: what each further one costs. */
final class Tee {

  private static final int ROUNDS = 5;
  private static final double GB = 1e9;

  private final Server product;
  private int titles;

  Tee(Server product) {
    this.product = product;
  }

  /**
   * The first follower's cost is nearly all the writer's: the download itself. Beyond it each
   * delivered GB should cost what a plain sendfile does.
   */
  void run() throws IOException {
    Table.head("cold title, followers", "CPU s in all", "CPU s per GB beyond the first");
    double alone = 0;
    for (int followers : new int[] {1, 8, 64}) {
      cpuSeconds(followers);
      Series cpu = new Series();
      for (int round = 0; round < ROUNDS; round++) {
        cpu.add(cpuSeconds(followers));
      }
      double sum = cpu.median();
      if (followers == 1) {
        alone = sum;
        Table.row(followers, sum, "-");
      } else {
        Table.row(followers, sum, (sum - alone) / (Film.BYTES / GB * (followers - 1)));
      }
    }
  }

  private double cpuSeconds(int followers) throws IOException {
    double before = product.cpuSeconds();
    titles++;
    Sink.whole(product.address(), Links.film("?tee=" + titles), followers);
    return product.cpuSeconds() - before;
  }
}
