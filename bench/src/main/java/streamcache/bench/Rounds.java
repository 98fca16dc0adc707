package streamcache.bench;

import java.io.IOException;

/** Two servers measured in turns, so that a mood of the machine meets both. */
record Rounds(Server peer, Server product) {

  private static final int ROUNDS = 7;

  /** What one run of one server gives. */
  record Reading(double rate, double cost) {}

  /** One run. */
  interface Run {
    Reading of(Server server) throws IOException, InterruptedException;
  }

  /** The medians of both. */
  record Result(Reading peer, Reading product) {}

  /** One run of each is thrown away: a virtual machine compiles what it meets first. */
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
