package streamcache.trouble;

import java.net.InetAddress;
import streamcache.playback.Request;

/** Called for every request that was rejected before it became a playback. Must not block. */
public interface RejectionListener {

  /**
   * @param client the address the rules were applied to; the proxy's when it hides its client
   */
  void turnedAway(Request request, InetAddress client, Rejection rejection);
}
