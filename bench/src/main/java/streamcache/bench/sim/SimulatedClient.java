package streamcache.bench.sim;

/** Anything that reads films. */
interface SimulatedClient {

  /** Advances by one step. */
  void advance(double now);

  /** Returns the seconds of playback in its buffer. */
  double ahead();
}
