package streamcache.bench.sim;

/** What a viewer does with the remote control, in seconds since the picture first moved. */
sealed interface PlayerWish {

  double at();

  /** Seeks to a byte. */
  record Seek(double at, long position) implements PlayerWish {}

  record Pause(double at, double seconds) implements PlayerWish {}
}
