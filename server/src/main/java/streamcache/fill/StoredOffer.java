package streamcache.fill;

import java.io.IOException;
import streamcache.origin.Facts;
import streamcache.origin.Upstream;

/** What another node has stored of a title. Any thread. */
public interface StoredOffer {

  /** What its provider said of the file; the total is known. */
  Facts facts();

  /** When the node began the file, in epoch seconds. */
  long begun();

  /** The offset after the last byte of those that it has without a hole. */
  long end();

  /**
   * Requests bytes of that file; blocks until the head of the response is there. Its body ends
   * where the node has a hole, at the latest at {@code until}; a body that breaks off ends there,
   * too, without an exception.
   *
   * @throws IOException if the node does not have the byte at {@code from}, or no longer that file
   */
  Upstream open(long from, long until) throws IOException;
}
