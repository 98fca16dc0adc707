package streamcache.origin;

/**
 * Where bytes come from: a provider over HTTP, a script in a test, later another node.
 *
 * <p>Safe for use by many connections at once; each call runs on its connection's own platform
 * thread.
 */
public interface Origin {

  /**
   * Asks once, following redirects, and returns when the head of a good answer (200 or 206 with
   * matching range) is there. Blocks for connecting and for the first byte, each with its own
   * time-out. Does not retry.
   *
   * @return the answer; the caller closes it
   * @throws OriginException with the cause
   */
  default Upstream open(Fetch fetch) throws OriginException {
    return open(fetch, new Call());
  }

  /**
   * As the other form, for whoever may want to stop it.
   *
   * @param call ends the opening from another thread; of no use for the answer
   */
  Upstream open(Fetch fetch, Call call) throws OriginException;
}
