package streamcache.bench;

import java.util.ArrayList;
import java.util.List;

/** Readings of one quantity, summarized by medians, since the machine's speed varies. */
final class Series {

  private final List<Double> readings = new ArrayList<>();

  void add(double reading) {
    readings.add(reading);
  }

  double median() {
    return share(0.5);
  }

  /** Returns the quantile: the reading that the given share of all readings does not exceed. */
  double share(double share) {
    List<Double> sorted = readings.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
  }
}
