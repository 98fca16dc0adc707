package streamcache.trouble;

import java.net.InetAddress;
import streamcache.playback.Request;

/** Told of every request that was turned away before it became a playback. Must not block. */
public interface ObjectionListener {

  /**
   * @param client the address the rules were applied to; the proxy's when it hides its client
   */
  void turnedAway(Request request, InetAddress client, Objection objection);
}
