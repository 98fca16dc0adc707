package streamcache.playback;

import java.net.InetAddress;
import streamcache.link.Link;
import streamcache.link.TitleKey;

/**
 * A player, as far as it can be distinguished from others, and a title.
 *
 * @param address of the client, one for all devices of an IPv6 line
 */
public record Viewer(InetAddress address, String agent, TitleKey title) {

  public static Viewer of(InetAddress client, Request request, Link link) {
    String agent = request.headers().first("User-Agent").orElse("");
    return new Viewer(client, agent, link.key());
  }

  /** Without the agent, which may contain anything. */
  @Override
  public String toString() {
    return "viewer of " + title;
  }
}
