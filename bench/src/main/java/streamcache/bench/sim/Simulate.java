package streamcache.bench.sim;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Prints the tables of docs/decisions/0006-scheduler.md. Started by {@code bench/simulate}. */
public final class Simulate {

  private static final int TRACES = 12;
  private static final long FIRST_SEED = 1;
  private static final double FIRST_BYTE = 0.8;

  private record Rule(String name, Function<World, Policy> policy) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule("seed", SeedLike::new),
          new Rule("per reader", PerReader::new),
          new Rule("rclone-like", RcloneLike::new),
          new Rule("newest steals", NewestSteals::new),
          new Rule("ours", world -> new Ours(world, new Estimates(world, 1))),
          new Rule("ours, perfect", world -> new Ours(world, new Perfect(world))));

  private Simulate() {}

  public static void main(String[] arguments) {
    List<Audience> audiences = List.of(Audience.of(1, 1), Audience.of(2, 1), Audience.of(2, 2));
    for (int connections : new int[] {1, 2}) {
      for (Audience audience : audiences) {
        for (double coolDown : new double[] {0, 3}) {
          for (double line : new double[] {5, 2.5, 1.6}) {
            Terms terms = new Terms(connections, FIRST_BYTE, line * Terms.BITRATE, coolDown);
            System.out.printf(
                Locale.ROOT, "K=%d C=%.0f B=%.1f %s%n", connections, coolDown, line, audience);
            for (Rule rule : RULES) {
              print(rule.name(), cell(terms, audience, rule.policy()));
            }
          }
        }
      }
    }
  }

  private static Outcome cell(Terms terms, Audience audience, Function<World, Policy> policy) {
    return Outcome.average(
        LongStream.range(FIRST_SEED, FIRST_SEED + TRACES)
            .parallel()
            .mapToObj(seed -> Run.of(terms, audience, policy, seed))
            .toList());
  }

  private static void print(String name, Outcome o) {
    System.out.printf(
        Locale.ROOT,
        "  %-14s stall %6.1f (1st %6.1f, dry %5.1f) opens %6.1f start %6.1f refused %6.1f exc %5.1f fail %5.1f dup %7.2f MB (%.2f%%) stored %6.0f MB%n",
        name,
        o.stall(),
        o.firstStall(),
        o.ranDry(),
        o.opens(),
        o.startUp(),
        o.refusals(),
        o.exceeded(),
        o.failures(),
        o.duplicates() / 1e6,
        o.duplicateShare(),
        o.stored() / 1e6);
  }
}
