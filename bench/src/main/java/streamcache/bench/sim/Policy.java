package streamcache.bench.sim;

/** How connections are spent: told what happens, asked at every step. */
interface Policy {

  /** A client has asked for bytes. */
  default void asked(Request request) {}

  /** It has gone, or has got an error. */
  default void left(Request request) {}

  /** It has come to a hole. */
  default void blocked(Request request) {}

  /** The provider sends. */
  default void answered(Download download) {}

  /** A connection is over. */
  default void ended(Download download) {}

  /** Everything of this step has happened. */
  void step();
}
