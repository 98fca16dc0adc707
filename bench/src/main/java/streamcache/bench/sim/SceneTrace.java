package streamcache.bench.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What one viewer does in a quarter of an hour, drawn from a seed: the same for every policy.
 *
 * @param arrives seconds after the beginning
 * @param buffer bytes that the player reads ahead
 * @param wishes in the order of their times
 */
record SceneTrace(double arrives, long buffer, List<PlayerWish> wishes) {

  static final double LENGTH = 900;

  private static final double[] BUFFERS = {4e6, 8e6, 16e6};
  private static final int SINGLE_SEEKS = 4;
  private static final int SCRUBS = 3;
  private static final int SCRUB_SEEKS = 3;
  private static final double SCRUB_SPACING = 0.3;
  private static final int PAUSES = 2;

  /** No viewer seeks before this time, in seconds. */
  private static final double FIRST_WISH = 15;

  /** No viewer reaches the end of the film. */
  private static final long LAST_SEEK = Terms.TOTAL - (long) (LENGTH * Terms.BITRATE);

  /**
   * @param arrivesAt earliest arrival; the actual one is up to {@code spread} seconds later
   */
  static SceneTrace random(Random random, double arrivesAt, double spread) {
    double arrives = arrivesAt + spread * random.nextDouble();
    long buffer = (long) BUFFERS[random.nextInt(BUFFERS.length)];
    return new SceneTrace(arrives, buffer, wishes(random));
  }

  /** Returns the same viewer without seeks or pauses. */
  SceneTrace withoutWishes() {
    return new SceneTrace(arrives, buffer, List.of());
  }

  private static List<PlayerWish> wishes(Random random) {
    List<PlayerWish> wishes = new ArrayList<>();
    List<Double> moments = new ArrayList<>();
    for (int i = 0; i < SINGLE_SEEKS + SCRUBS + PAUSES; i++) {
      moments.add(FIRST_WISH + (LENGTH - 2 * FIRST_WISH) * random.nextDouble());
    }
    long jumped = 0;
    List<Integer> kinds = shuffled(random, moments.size());
    moments.sort(Comparator.naturalOrder());
    for (int i = 0; i < moments.size(); i++) {
      double at = moments.get(i);
      int kind = kinds.get(i);
      if (kind < PAUSES) {
        wishes.add(new PlayerWish.Pause(at, 10 + 50 * random.nextDouble()));
        continue;
      }
      int seeks = kind < PAUSES + SCRUBS ? SCRUB_SEEKS : 1;
      long jump = jump(random);
      for (int seek = 0; seek < seeks; seek++) {
        jumped += jump;
        long nominal = (long) (at * Terms.BITRATE) + jumped;
        long target = Math.clamp(nominal, 0, LAST_SEEK);
        jumped += target - nominal;
        wishes.add(new PlayerWish.Seek(at + seek * SCRUB_SPACING, target));
      }
    }
    wishes.sort(Comparator.comparingDouble(PlayerWish::at));
    return List.copyOf(wishes);
  }

  /** Half of the seeks go a little forward, a quarter a little back, a quarter anywhere. */
  private static long jump(Random random) {
    double kind = random.nextDouble();
    double seconds;
    if (kind < 0.5) {
      seconds = 10 + 80 * random.nextDouble();
    } else if (kind < 0.75) {
      seconds = -10 - 50 * random.nextDouble();
    } else {
      seconds = 2400 * (random.nextDouble() - 0.3);
    }
    return (long) (seconds * Terms.BITRATE);
  }

  private static List<Integer> shuffled(Random random, int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, random);
    return numbers;
  }
}
