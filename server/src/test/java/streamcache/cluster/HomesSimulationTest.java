package streamcache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Kills, pauses, cut cables and restarts at random. At no moment may a provider count connections
 * of two nodes, and once nothing fails any more, each account has one node that may use it.
 */
final class HomesSimulationTest {

  private static final int SEEDS = 40;
  private static final Duration TIME = Duration.ofSeconds(240);

  /** A process that stands still for longer is what no rule can survive (decision 0036). */
  private static final int LONGEST_PAUSE_SECONDS = 12;

  @Test
  void accounts_whateverFails_areUsedByOneNodeAtATime() {
    long first = new Random().nextLong();
    for (long seed = first; seed < first + SEEDS; seed++) {
      try {
        play(new Random(seed));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void play(Random random) {
    SimulatedCluster cluster = new SimulatedCluster(random, random.nextBoolean() ? 3 : 5);
    cluster.run(Duration.ofSeconds(20));
    long end = cluster.now + TIME.toNanos();
    while (cluster.now < end) {
      fail(cluster, random);
      cluster.run(Duration.ofMillis(random.nextInt(15_000)));
    }
    cluster.heal();
    for (String id : cluster.ids()) {
      cluster.pause(id, false);
      if (cluster.node(id).isDead) {
        cluster.start(id);
      }
    }
    cluster.run(Duration.ofSeconds(40));
    assertThat(cluster.users()).containsOnly(1L);
  }

  private static void fail(SimulatedCluster cluster, Random random) {
    List<String> ids = cluster.ids();
    String id = ids.get(random.nextInt(ids.size()));
    switch (random.nextInt(6)) {
      case 0 -> {
        if (!cluster.node(id).isDead) {
          cluster.kill(id);
        }
      }
      case 1 -> {
        cluster.pause(id, true);
        cluster.run(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_SECONDS * 1000)));
        cluster.pause(id, false);
      }
      case 2 -> ids.forEach(each -> cluster.cut(each, random.nextInt(2)));
      case 3 -> cluster.cut(id, 1);
      case 4 -> cluster.heal();
      default -> {
        if (cluster.node(id).isDead) {
          cluster.start(id);
        }
      }
    }
  }
}
