package streamcache.bench.sim;

/** Whoever reads films. */
interface Client {

  /** Lives on for one step. */
  void advance(double now);

  /** Seconds of playing that it has taken ahead. */
  double ahead();
}
