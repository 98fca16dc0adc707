package streamcache.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import streamcache.link.AddressClass;

/**
 * Who asks.
 *
 * @param address the player's, or the proxy's when that hides it
 * @param isHidden whether nothing is known of the player but the proxy it came through
 */
record Client(InetAddress address, boolean isHidden) {

  /** Whether it is on this machine or on its private network, as far as that is known. */
  boolean isAtHome() {
    return !isHidden && isPrivate(address);
  }

  /**
   * An IPv6 link-local address is on the same wire; an IPv4 one is what some clouds and containers
   * put in the place of anybody's. No player has an IPv6 address that wraps an IPv4 one.
   */
  private static boolean isPrivate(InetAddress address) {
    boolean isOurs =
        switch (AddressClass.of(address)) {
          case LOOPBACK, PRIVATE -> true;
          case LINK_LOCAL -> address instanceof Inet6Address;
          case PUBLIC, METADATA, MULTICAST, RESERVED, UNSPECIFIED -> false;
        };
    return isOurs && AddressClass.wrappedIn(address).isEmpty();
  }
}
