package streamcache.bench.sim;

/** What one viewer experienced. */
final class SceneTally {

  private double stall;
  private double startUp;
  private long delivered;

  /** The picture stands still although it should move. */
  void stands(double seconds) {
    stall += seconds;
  }

  /** The first picture appears. */
  void shown(double seconds) {
    startUp = seconds;
  }

  void delivered(long bytes) {
    delivered += bytes;
  }

  double stall() {
    return stall;
  }

  double startUp() {
    return startUp;
  }

  long delivered() {
    return delivered;
  }
}
