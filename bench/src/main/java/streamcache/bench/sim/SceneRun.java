package streamcache.bench.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs one scene at one provider under one policy; a pure function. */
final class SceneRun {

  private static final double REMUX_BEGINS = 60;

  private final SceneWorld world;
  private final List<Copy> copies = new ArrayList<>();
  private final List<Player> players = new ArrayList<>();

  private SceneRun(Terms terms, Scene scene, Function<SceneWorld, Policy> policy, long seed) {
    this.world = new SceneWorld(new SimulatedProvider(terms, seed), policy);
    for (int title = 0; title < scene.titles() + (scene.remux() ? 1 : 0); title++) {
      copies.add(new Copy(title));
    }
    for (int viewer = 0; viewer < scene.viewers().size(); viewer++) {
      SimulatedFilm film = world.film(copies.get(scene.title(viewer)));
      Player player = new Player(film, scene.viewers().get(viewer));
      players.add(player);
      world.add(player);
    }
    if (scene.remux()) {
      world.add(new Remux(world.film(copies.getLast()), REMUX_BEGINS));
    }
  }

  /**
   * @param seed of what varies at the provider
   */
  static Outcome of(Terms terms, Scene scene, Function<SceneWorld, Policy> policy, long seed) {
    SceneRun run = new SceneRun(terms, scene, policy, seed);
    run.world.run(scene.seconds());
    run.players.forEach(player -> player.finish(run.world.now()));
    return run.outcome();
  }

  private Outcome outcome() {
    SimulatedProvider provider = world.provider();
    List<SceneTally> tallies = players.stream().map(Player::tally).toList();
    return new Outcome(
        tallies.stream().mapToDouble(SceneTally::stall).sum(),
        tallies.getFirst().stall(),
        provider.opened(),
        tallies.stream().mapToDouble(SceneTally::startUp).average().orElse(0),
        provider.refused(),
        provider.exceeded(),
        copies.stream().mapToLong(Copy::duplicates).sum(),
        tallies.stream().mapToLong(SceneTally::delivered).sum(),
        copies.stream().mapToLong(Copy::fetchedBytes).sum());
  }
}
