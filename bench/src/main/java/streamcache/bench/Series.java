package streamcache.bench;

import java.util.ArrayList;
import java.util.List;

/** Readings of one quantity; medians, since the machine has moods. */
final class Series {

  private final List<Double> readings = new ArrayList<>();

  void add(double reading) {
    readings.add(reading);
  }

  double median() {
    return share(0.5);
  }

  /** The reading that this share of all is not above. */
  double share(double share) {
    List<Double> sorted = readings.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
  }
}
