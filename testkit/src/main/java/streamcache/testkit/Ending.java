package streamcache.testkit;

/** How a body ended on the client's side. */
public enum Ending {
  /** As long as its head promised (or ended by an orderly close when it promised nothing). */
  CLEAN,
  /** The connection was closed before the promised end. */
  SHORT,
  /** The connection was reset, or its TLS broken off. */
  RESET,
  /** The test itself closed the client first. */
  CLOSED_BY_TEST
}
