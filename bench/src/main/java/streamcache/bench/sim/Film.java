package streamcache.bench.sim;

/** A film as players see it: in the simulator or before the real product. */
interface Film {

  /** Its length in bytes. */
  long end();

  /** Asks for all from an offset on. */
  Reading open(Client client, long position, double now);
}
