package streamcache.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import streamcache.link.AddressClass;

/**
 * The sender of a request, as far as it is known.
 *
 * @param address the player's address, or the proxy's when the proxy hides it
 * @param isHidden whether only the proxy of the player is known
 */
record Client(InetAddress address, boolean isHidden) {

  /** Whether the client is known to be on this machine or on its private network. */
  boolean isAtHome() {
    return !isHidden && isPrivate(address);
  }

  /**
   * An IPv6 link-local address is on the same link. An IPv4 link-local address does not count,
   * since some clouds and containers substitute one for any client's address. An IPv6 address that
   * embeds an IPv4 address does not count either, since no player has one.
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
