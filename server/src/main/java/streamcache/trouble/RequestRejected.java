package streamcache.trouble;

import java.net.InetAddress;
import streamcache.event.Event;
import streamcache.playback.Request;

/**
 * A request was rejected before it became a playback.
 *
 * @param client the address the rules were applied to; the proxy's when it hides its client
 */
public record RequestRejected(Request request, InetAddress client, Rejection rejection)
    implements Event {}
