package streamcache.bench.sim;

import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * A way to spend connections.
 *
 * @param name as it stands in the tables
 * @param policy made anew for each run
 */
record Rule(String name, Function<World, Policy> policy) {

  static final Rule RCLONE_LIKE = new Rule("rclone-like", RcloneLike::new);
  static final Rule OURS =
      new Rule("ours", world -> Ours.holding(world, new Estimates(world, /* seed= */ 1)));

  /** With {@code ADMISSION=share}. */
  static final Rule OURS_SHARING =
      new Rule("ours, sharing", world -> Ours.sharing(world, new Estimates(world, /* seed= */ 1)));

  /** What the estimators' errors cost shows in the difference between the last two. */
  static final List<Rule> ALL =
      List.of(
          new Rule("seed", SeedLike::new),
          new Rule("one each", PerReader::new),
          new Rule("newest steals", NewestSteals::new),
          RCLONE_LIKE,
          OURS,
          new Rule("ours if it knew all", world -> Ours.holding(world, new Perfect(world))));

  /**
   * The average over several quarters of an hour.
   *
   * @param traces how many; the same ones for every rule
   */
  Outcome outcome(Terms terms, Audience audience, int traces) {
    return Outcome.average(
        LongStream.rangeClosed(1, traces)
            .parallel()
            .mapToObj(seed -> Run.of(terms, Scene.drawn(audience, seed), policy, seed))
            .toList());
  }

  /** One run. */
  Outcome outcome(Terms terms, Scene scene) {
    return Run.of(terms, scene, policy, /* seed= */ 1);
  }
}
