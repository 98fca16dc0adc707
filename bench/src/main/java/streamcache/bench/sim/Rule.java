package streamcache.bench.sim;

import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * A rule for using connections.
 *
 * @param name as it appears in the tables
 * @param policy creates the policy of one run
 */
record Rule(String name, Function<SceneWorld, Policy> policy) {

  static final Rule RCLONE_LIKE = new Rule("rclone-like", RcloneLike::new);
  static final Rule OURS = new Rule("ours", Ours::holding);

  /** With {@code ADMISSION=share}. */
  static final Rule OURS_SHARING = new Rule("ours, sharing", Ours::sharing);

  static final List<Rule> ALL =
      List.of(
          new Rule("seed", SeedLike::new),
          new Rule("one each", PerReader::new),
          new Rule("newest steals", NewestSteals::new),
          RCLONE_LIKE,
          OURS);

  /**
   * Returns the average over several quarters of an hour.
   *
   * @param traces how many; the same ones for every rule
   */
  Outcome outcome(Terms terms, Viewership audience, int traces) {
    return Outcome.average(
        LongStream.rangeClosed(1, traces)
            .parallel()
            .mapToObj(seed -> SceneRun.of(terms, Scene.drawn(audience, seed), policy, seed))
            .toList());
  }

  /** One run. */
  Outcome outcome(Terms terms, Scene scene) {
    return SceneRun.of(terms, scene, policy, /* seed= */ 1);
  }
}
