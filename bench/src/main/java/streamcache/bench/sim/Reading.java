package streamcache.bench.sim;

/** One open-ended answer that a client reads. */
interface Reading {

  /**
   * The client takes bytes.
   *
   * @param most as many as it has room for, or its network carries
   * @return how many
   */
  long take(long most, double now);

  /** Whether nothing more will come. */
  boolean isFailed();

  /** The next byte that the client has not got. */
  long sent();

  /** The client goes. */
  void leave();
}
