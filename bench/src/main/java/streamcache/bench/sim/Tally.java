package streamcache.bench.sim;

/** What one viewer went through. */
final class Tally {

  private double stall;
  private double startUp;
  private int stalls;
  private int failures;
  private long delivered;

  /** The picture stands still although it should move. */
  void stands(double seconds) {
    stall += seconds;
  }

  /** It stands still in mid-play, not after a seek. */
  void ranDry() {
    stalls++;
  }

  /** The first picture. */
  void shown(double seconds) {
    startUp = seconds;
  }

  /** A request got an error. */
  void failed() {
    failures++;
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

  int stalls() {
    return stalls;
  }

  int failures() {
    return failures;
  }

  long delivered() {
    return delivered;
  }
}
