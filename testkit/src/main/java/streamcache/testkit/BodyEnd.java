package streamcache.testkit;

/** How a body ended on the client's side. */
public enum BodyEnd {
  /**
   * As long as its head announced (or ended by an orderly close if the head announced no length).
   */
  CLEAN,
  /** The connection was closed before the announced end. */
  SHORT,
  /** The connection was reset, or its TLS session was aborted. */
  RESET,
  /** The test itself closed the client first. */
  CLOSED_BY_TEST
}
