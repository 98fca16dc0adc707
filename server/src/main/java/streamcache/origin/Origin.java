package streamcache.origin;

import java.util.Optional;

/**
 * The source of bytes: a provider over HTTP, or a script in a test.
 *
 * <p>Safe for use by many connections at once; each call runs on its connection's own platform
 * thread.
 */
public interface Origin {

  /**
   * Sends one request, follows redirects, and returns when the head of a good response (2xx, or 206
   * with a matching range) has arrived. Blocks for the connect and for the first byte, each with
   * its own time-out. Does not retry, except after a stale idle connection or redirect target.
   *
   * @return the response; the caller closes it
   * @throws OriginException with the cause
   */
  default Upstream open(Fetch fetch) throws OriginException {
    return open(fetch, new Call());
  }

  /**
   * As the other form, with a handle to cancel the open.
   *
   * @param call ends the open from another thread; has no effect on the returned response
   */
  Upstream open(Fetch fetch, Call call) throws OriginException;

  /**
   * Asks whether the provider still has the file of {@link Fetch#ifNoneMatch}. The request goes to
   * the link itself, since a remembered redirect target may lead to the previous file. An origin
   * that does not support conditions opens whatever is there.
   *
   * @return empty if the provider says that it still has the file; else a response, which the
   *     caller closes
   */
  default Optional<Upstream> openIfChanged(Fetch fetch, Call call) throws OriginException {
    return Optional.of(open(fetch, call));
  }
}
