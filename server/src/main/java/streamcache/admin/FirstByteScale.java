package streamcache.admin;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The classes in which times to the first byte are counted, each a tenth longer than the one
 * before. Unlike percentiles, counts of classes can be added up over any period.
 */
final class FirstByteScale {

  private static final double SHORTEST_SECONDS = 0.0001;
  private static final double RATIO = 1.1;

  /** The last one, which has no upper end, begins after 7 minutes. */
  static final int CLASSES = 160;

  private FirstByteScale() {}

  static int of(Duration time) {
    double seconds = time.toNanos() / 1e9;
    double steps = Math.log(Math.max(seconds, SHORTEST_SECONDS) / SHORTEST_SECONDS);
    // A time on the border of a class belongs to the class below it.
    return (int) Math.min(CLASSES - 1, Math.ceil(steps / Math.log(RATIO) - 1e-9));
  }

  /** The longest time of a class, in seconds. */
  static double seconds(int number) {
    return SHORTEST_SECONDS * Math.pow(RATIO, number);
  }

  /**
   * The time within which a share of all first bytes came, in seconds: the longest of its class.
   *
   * @param counts by the number of the class, as written
   */
  static Optional<Double> quantile(Map<String, Long> counts, double share) {
    TreeMap<Integer, Long> sorted = new TreeMap<>();
    counts.forEach((number, count) -> sorted.put(Integer.valueOf(number), count));
    long all = sorted.values().stream().mapToLong(Long::longValue).sum();
    long rank = (long) Math.ceil(share * all);
    for (Map.Entry<Integer, Long> each : sorted.entrySet()) {
      rank -= each.getValue();
      if (rank <= 0) {
        return Optional.of(seconds(each.getKey()));
      }
    }
    return Optional.empty();
  }
}
