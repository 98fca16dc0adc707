package streamcache.http;

import io.netty.channel.socket.SocketChannel;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The address at the other end of a connection. */
final class Peer {

  /** Bytes of an IPv6 address that all devices of a line share. */
  private static final int LINE_BYTES = 8;

  private Peer() {}

  /**
   * Returns the peer's address. An IPv4 player on a dual-stack socket appears as IPv6; rules about
   * addresses must see the IPv4 address. Null when the player has already left.
   */
  static @Nullable InetAddress of(SocketChannel channel) {
    InetSocketAddress remote = channel.remoteAddress();
    if (remote == null) {
      return null;
    }
    InetAddress address = remote.getAddress();
    try {
      InetAddress plain = InetAddress.getByAddress(address.getAddress());
      return plain instanceof Inet4Address ? plain : address;
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of an impossible length", e);
    }
  }

  /** One address for all devices of a line: an IPv6 address without its last 64 bits. */
  static InetAddress line(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return address;
    }
    Arrays.fill(bytes, LINE_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of an impossible length", e);
    }
  }
}
