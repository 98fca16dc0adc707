package streamcache.bench.sim;

/** Decides how connections are used: it is notified of events and called at every step. */
interface Policy {

  /** A client has sent a request. */
  default void asked(SimulatedRequest request) {}

  /** The client has left, or has received an error. */
  default void left(SimulatedRequest request) {}

  /** The request has reached a hole. */
  default void blocked(SimulatedRequest request) {}

  /** The request continues. */
  default void unblocked(SimulatedRequest request) {}

  /** The provider starts to send. */
  default void answered(Download download) {}

  /** A connection has ended. */
  default void ended(Download download) {}

  /** Called after everything else in this step has happened. */
  void step();
}
