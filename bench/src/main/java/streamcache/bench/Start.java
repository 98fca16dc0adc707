package streamcache.bench;

import java.io.IOException;

/** Measures the time from the start of the process to the first byte of a title in its store. */
final class Start {

  private static final int ROUNDS = 9;

  /** Starts the product. */
  interface Starter {
    MeasuredServer start() throws IOException;
  }

  private Start() {}

  static void run(Starter starter) throws IOException {
    Series first = new Series();
    Series memory = new Series();
    for (int round = 0; round <= ROUNDS; round++) {
      long begun = System.nanoTime();
      try (MeasuredServer product = starter.start()) {
        Sink.firstByteMillis(product.address(), product.target());
        if (round > 0) {
          first.add((System.nanoTime() - begun) / 1e6);
          memory.add((double) product.residentMebibytes());
        } else {
          Sink.whole(product.address(), product.target(), /* players= */ 1);
        }
      }
    }
    Table.head("start", "measured");
    Table.row("first byte of a title in the store, ms", first.median());
    Table.row("resident then, MiB", memory.median());
  }
}
