package streamcache.seerr;

import java.util.Optional;
import streamcache.link.Link;
import streamcache.origin.OriginException;

/** Asks a provider something that is no film, within the budget of the account. Blocks. */
public interface Panel {

  /** More is no answer about one film. */
  int MOST_BYTES = 1 << 20;

  /**
   * @param film whose account it is
   * @param question what to ask for
   * @return at most {@link #MOST_BYTES}; empty when the account is in use, to be asked later
   * @throws OriginException there is no answer
   */
  Optional<byte[]> ask(Link film, Link question) throws OriginException;
}
