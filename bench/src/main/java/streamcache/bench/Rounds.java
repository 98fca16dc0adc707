package streamcache.bench;

import java.io.IOException;

/** Measures two servers in turn, so that variations of the machine affect both. */
record Rounds(MeasuredServer peer, MeasuredServer product) {

  private static final int ROUNDS = 7;

  /** The result of one run of one server. */
  record Reading(double rate, double cost) {}

  /** One run. */
  interface Run {
    Reading of(MeasuredServer server) throws IOException, InterruptedException;
  }

  /** The medians of both. */
  record Result(Reading peer, Reading product) {}

  /** One run of each server is discarded, because the JVM compiles code when it first runs. */
  Result measure(Run run) throws IOException, InterruptedException {
    Series[] readings = {new Series(), new Series(), new Series(), new Series()};
    for (int round = 0; round <= ROUNDS; round++) {
      Reading ofPeer = run.of(peer);
      Reading ofProduct = run.of(product);
      if (round > 0) {
        readings[0].add(ofPeer.rate());
        readings[1].add(ofPeer.cost());
        readings[2].add(ofProduct.rate());
        readings[3].add(ofProduct.cost());
      }
    }
    return new Result(
        new Reading(readings[0].median(), readings[1].median()),
        new Reading(readings[2].median(), readings[3].median()));
  }
}
