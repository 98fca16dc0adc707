package streamcache.testkit;

/** How a connection ends before its answer does. */
public enum Cut {
  /** An orderly close of the connection in the middle of an answer. */
  FIN,
  /** A reset. */
  RESET
}
