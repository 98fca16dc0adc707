package streamcache.bench.sim;

/** One open-ended response that a client reads. */
interface Reading {

  /**
   * The client reads bytes.
   *
   * @param most as many as it has room for, or its network carries
   * @return how many were read
   */
  long take(long most, double now);

  /** Whether nothing more will come. */
  boolean isFailed();

  /** Returns the offset of the next byte that the client has not received. */
  long sent();

  /** The client leaves. */
  void leave();
}
