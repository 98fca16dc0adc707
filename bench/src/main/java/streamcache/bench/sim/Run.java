package streamcache.bench.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** One quarter of an hour of one audience at one provider under one policy; a pure function. */
final class Run {

  /** The next viewer comes this much after the one before, and up to as much later again. */
  private static final double SPREAD = 30;

  private static final double REMUX_BEGINS = 60;

  private final World world;
  private final List<Copy> copies = new ArrayList<>();
  private final List<Player> players = new ArrayList<>();
  private final List<Tally> tallies = new ArrayList<>();

  private Run(Terms terms, Audience audience, Function<World, Policy> policy, long seed) {
    this.world = new World(new Provider(terms, seed), policy);
    for (int title = 0; title < audience.titles() + (audience.remux() ? 1 : 0); title++) {
      copies.add(new Copy(title));
    }
    // A viewer's trace is the same whoever else watches.
    Random seeds = new Random(seed);
    for (int viewer = 0; viewer < audience.viewers(); viewer++) {
      Random random = new Random(seeds.nextLong());
      Trace drawn = Trace.random(random, viewer * SPREAD, viewer == 0 ? 0 : SPREAD);
      Trace trace = audience.wishes() ? drawn : drawn.withoutWishes();
      Tally tally = new Tally();
      Player player = new Player(world, copies.get(viewer % audience.titles()), trace, tally);
      tallies.add(tally);
      players.add(player);
      world.add(player);
    }
    if (audience.remux()) {
      world.add(new Remux(world, copies.getLast(), REMUX_BEGINS));
    }
  }

  static Outcome of(Terms terms, Audience audience, Function<World, Policy> policy, long seed) {
    Run run = new Run(terms, audience, policy, seed);
    run.world.run(Trace.LENGTH);
    run.players.forEach(player -> player.finish(run.world.now()));
    return run.outcome();
  }

  private Outcome outcome() {
    Provider provider = world.provider();
    return new Outcome(
        tallies.stream().mapToDouble(Tally::stall).sum(),
        tallies.getFirst().stall(),
        tallies.stream().mapToInt(Tally::stalls).sum(),
        provider.opened(),
        tallies.stream().mapToDouble(Tally::startUp).average().orElse(0),
        provider.refused(),
        provider.exceeded(),
        tallies.stream().mapToInt(Tally::failures).sum(),
        copies.stream().mapToLong(Copy::duplicates).sum(),
        tallies.stream().mapToLong(Tally::delivered).sum(),
        copies.stream().mapToLong(copy -> copy.present().size()).sum());
  }
}
