package streamcache.http;

import io.netty.channel.socket.SocketChannel;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who is at the other end. */
final class Peer {

  /** Bytes of an IPv6 address that are the same for all devices of a line. */
  private static final int LINE_BYTES = 8;

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

  /** What stands for all devices of a line: an IPv6 address without its last 64 bits. */
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
