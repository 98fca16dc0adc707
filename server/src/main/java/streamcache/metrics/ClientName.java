package streamcache.metrics;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import streamcache.link.AddressClass;

/**
 * The form of a client's address in the access log. A local address identifies a device. Any other
 * would identify a person's line, and its network is enough to tell viewers apart. Pure.
 */
final class ClientName {

  private static final int IPV4_BYTES = 4;
  private static final int IPV4_NETWORK = 24;

  /** The largest network that a line is given. */
  private static final int IPV6_NETWORK = 48;

  private ClientName() {}

  static String of(InetAddress client) {
    return switch (AddressClass.of(client)) {
      case LOOPBACK, PRIVATE, LINK_LOCAL -> withoutScope(client.getHostAddress());
      case PUBLIC, METADATA, MULTICAST, RESERVED, UNSPECIFIED -> network(client.getAddress());
    };
  }

  private static String withoutScope(String address) {
    int scope = address.indexOf('%');
    return scope < 0 ? address : address.substring(0, scope);
  }

  private static String network(byte[] address) {
    int bits = address.length == IPV4_BYTES ? IPV4_NETWORK : IPV6_NETWORK;
    Arrays.fill(address, bits / Byte.SIZE, address.length, (byte) 0);
    try {
      return InetAddress.getByAddress(address).getHostAddress() + "/" + bits;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address of " + address.length + " bytes", e);
    }
  }
}
