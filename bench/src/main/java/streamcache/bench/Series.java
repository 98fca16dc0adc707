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
    List<Double> sorted = readings.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
