package streamcache.testkit;

/** How a connection ends before its response does. */
public enum Cut {
  /** An orderly close of the connection in the middle of a response. */
  FIN,
  /** A reset. */
  RESET
}
