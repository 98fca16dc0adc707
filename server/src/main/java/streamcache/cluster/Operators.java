package streamcache.cluster;

import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;

/** Answers requests of operators that another node has admitted. Blocks. */
@FunctionalInterface
public interface Operators {

  /**
   * @param mayOperate whether the operator may change anything
   */
  void answer(Exchange exchange, boolean mayOperate) throws ClientGone;
}
