package streamcache.bench.sim;

/** Virtual time advances in steps of this size; nanoseconds, like the product's monotonic time. */
final class Clock {

  /** A fifth of the shortest time that any rule considers. */
  static final double STEP = 0.01;

  private static final double NANOS = 1e9;

  private long steps;

  long now() {
    return nanos(seconds());
  }

  double seconds() {
    return steps * STEP;
  }

  void advance() {
    steps++;
  }

  static long nanos(double seconds) {
    return Math.round(seconds * NANOS);
  }
}
