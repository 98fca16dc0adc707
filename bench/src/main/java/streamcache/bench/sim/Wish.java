package streamcache.bench.sim;

/** What a viewer does with the remote control, in seconds since the picture first moved. */
sealed interface Wish {

  double at();

  /** To jump to a byte. */
  record Seek(double at, long position) implements Wish {}

  record Pause(double at, double seconds) implements Wish {}
}
