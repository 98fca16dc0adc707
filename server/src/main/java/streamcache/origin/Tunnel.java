package streamcache.origin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamcache.settings.Proxy;

/**
 * Tunnels a connected socket through a proxy to an address that was checked. The proxy gets the
 * address and not the name, so that it cannot look up another. Each read blocks at most for the
 * socket's time-out; runs on the connection's thread.
 */
final class Tunnel {

  private static final int LONGEST_HEAD = 8 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");

  private static final int SOCKS = 5;
  private static final int OPEN = 0;
  private static final int WITH_PASSWORD = 2;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;

  private final Socket socket;
  private final Proxy proxy;

  private Tunnel(Socket socket, Proxy proxy) {
    this.socket = socket;
    this.proxy = proxy;
  }

  /**
   * @param to the address to reach, resolved and checked
   * @throws ProxyRefusal if the proxy refuses, closes the connection or breaks the protocol
   */
  static void open(Socket socket, Proxy proxy, InetSocketAddress to) throws IOException {
    Tunnel tunnel = new Tunnel(socket, proxy);
    try {
      switch (proxy.kind()) {
        case HTTP -> tunnel.connect(to);
        case SOCKS5 -> tunnel.socks(to);
      }
    } catch (EOFException e) {
      throw new ProxyRefusal("the proxy closed the connection");
    }
  }

  /** The value of Proxy-Authorization. */
  static String basic(Proxy.Credentials credentials) {
    byte[] text = (credentials.user() + ":" + credentials.password()).getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(text);
  }

  private void connect(InetSocketAddress to) throws IOException {
    String place = written(to.getAddress()) + ":" + to.getPort();
    StringBuilder head = new StringBuilder("CONNECT " + place + " HTTP/1.1\r\n");
    head.append("Host: ").append(place).append("\r\n");
    proxy
        .credentials()
        .ifPresent(user -> head.append("Proxy-Authorization: ").append(basic(user)).append("\r\n"));
    send(head.append("\r\n").toString().getBytes(ISO_8859_1));
    Matcher status = STATUS.matcher(head(socket.getInputStream()).lines().findFirst().orElse(""));
    if (!status.matches()) {
      throw new ProxyRefusal("the proxy does not speak HTTP");
    }
    if (!status.group(1).startsWith("2")) {
      throw new ProxyRefusal("the proxy answered " + status.group(1));
    }
  }

  /** Reads byte by byte: what follows the head belongs to the tunnel. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int letter = in.read();
      if (letter < 0) {
        throw new EOFException();
      }
      head.append((char) letter);
      if (head.length() > LONGEST_HEAD) {
        throw new ProxyRefusal("the proxy does not speak HTTP");
      }
    }
    return head.toString();
  }

  private void socks(InetSocketAddress to) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    boolean hasUser = proxy.credentials().isPresent();
    send(hasUser ? new byte[] {SOCKS, 2, OPEN, WITH_PASSWORD} : new byte[] {SOCKS, 1, OPEN});
    if (in.readUnsignedByte() != SOCKS) {
      throw new ProxyRefusal("the proxy does not speak SOCKS 5");
    }
    int method = in.readUnsignedByte();
    if (method == WITH_PASSWORD && hasUser) {
      logIn(in, proxy.credentials().get());
    } else if (method != OPEN) {
      throw new ProxyRefusal("the proxy requires different credentials");
    }
    byte[] address = to.getAddress().getAddress();
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(new byte[] {SOCKS, CONNECT, 0, (byte) (address.length == 4 ? IPV4 : IPV6)});
    request.writeBytes(address);
    request.write(to.getPort() >> Byte.SIZE);
    request.write(to.getPort());
    send(request.toByteArray());
    readReply(in);
  }

  /** Username and password authentication (RFC 1929). */
  private void logIn(DataInputStream in, Proxy.Credentials credentials) throws IOException {
    byte[] user = credentials.user().getBytes(UTF_8);
    byte[] password = credentials.password().getBytes(UTF_8);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.write(1);
    request.write(user.length);
    request.writeBytes(user);
    request.write(password.length);
    request.writeBytes(password);
    send(request.toByteArray());
    in.readUnsignedByte();
    if (in.readUnsignedByte() != 0) {
      throw new ProxyRefusal("the proxy rejects the credentials");
    }
  }

  private static void readReply(DataInputStream in) throws IOException {
    if (in.readUnsignedByte() != SOCKS) {
      throw new ProxyRefusal("the proxy does not speak SOCKS 5");
    }
    int reply = in.readUnsignedByte();
    if (reply != 0) {
      throw new ProxyRefusal("the proxy answered " + meaning(reply));
    }
    in.readUnsignedByte();
    int length =
        switch (in.readUnsignedByte()) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case NAME -> in.readUnsignedByte();
          default -> throw new ProxyRefusal("the proxy does not speak SOCKS 5");
        };
    in.readFully(new byte[length + 2]);
  }

  private static String meaning(int reply) {
    return switch (reply) {
      case 2 -> "that its rules forbid it";
      case 3, 4 -> "that the provider cannot be reached";
      case 5 -> "that the provider refuses the connection";
      default -> "with code " + reply;
    };
  }

  private void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  private static String written(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }
}
