package streamcache.seerr;

import java.util.Optional;
import streamcache.link.Link;
import streamcache.origin.OriginException;

/** Sends a provider a query that is not for media, within the limit of the account. Blocks. */
public interface Panel {

  /** The limit of a response; the metadata of one film is shorter. */
  int MOST_BYTES = 1 << 20;

  /**
   * @param film identifies the account
   * @param question what to ask for
   * @return at most {@link #MOST_BYTES}; empty if the account is in use and the query must wait
   * @throws OriginException if there is no response
   */
  Optional<byte[]> ask(Link film, Link question) throws OriginException;
}
