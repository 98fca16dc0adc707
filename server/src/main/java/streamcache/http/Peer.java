package streamcache.http;

import io.netty.channel.socket.SocketChannel;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Who is at the other end. */
final class Peer {

  private Peer() {}

  /**
   * An IPv4 player on a socket for both families shows up as IPv6; rules about addresses must see
   * the IPv4 one. Null when it has gone already.
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
}
