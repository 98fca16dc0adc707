package streamcache.bench.sim;

/** A film as players see it: in the simulator or from the real product. */
interface SimulatedFilm {

  /** Its length in bytes. */
  long end();

  /** Requests everything from an offset on. */
  Reading open(SimulatedClient client, long position, double now);
}
