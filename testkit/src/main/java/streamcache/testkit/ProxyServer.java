package streamcache.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small real proxy on the loopback interface: SOCKS 5, HTTP with CONNECT, and HTTP with absolute
 * URLs, distinguished by the first byte. Counts its connections and records their targets. Owned by
 * a test; a virtual thread accepts, and each connection has two threads of its own.
 */
public final class ProxyServer implements AutoCloseable {

  private static final int SOCKS = 5;

  private final ServerSocket listener;
  private final String user;
  private final String password;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final AtomicInteger total = new AtomicInteger();

  private ProxyServer(String user, String password) {
    this.user = user;
    this.password = password;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ProxyServer start() {
    return start("", "");
  }

  /**
   * @param user the only user that is accepted; the empty string accepts everyone
   */
  public static ProxyServer start(String user, String password) {
    ProxyServer proxy = new ProxyServer(user, password);
    Thread.startVirtualThread(proxy::accept);
    return proxy;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /**
   * Returns what it was asked for: {@code SOCKS address:port}, {@code CONNECT ..} or {@code GET
   * URL}.
   */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  public int totalConnections() {
    return total.get();
  }

  public int peakConnections() {
    return peak.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        total.incrementAndGet();
        peak.accumulateAndGet(open.incrementAndGet(), Math::max);
        Thread.startVirtualThread(() -> serve(client));
      }
    } catch (IOException _) {
      // Closed by the test.
    }
  }

  private void serve(Socket client) {
    sockets.add(client);
    try (client) {
      InputStream in = client.getInputStream();
      int first = in.read();
      if (first == SOCKS) {
        socks(client, new DataInputStream(in));
      } else if (first > 0) {
        http(client, (char) first + head(in));
      }
    } catch (IOException | RuntimeException _) {
      // One of the two sides is gone.
    } finally {
      sockets.remove(client);
      open.decrementAndGet();
    }
  }

  private void socks(Socket client, DataInputStream in) throws IOException {
    OutputStream out = client.getOutputStream();
    byte[] methods = in.readNBytes(in.readUnsignedByte());
    boolean offers = new String(methods, ISO_8859_1).indexOf(2) >= 0;
    if (!user.isEmpty()) {
      out.write(new byte[] {SOCKS, (byte) (offers ? 2 : 0xff)});
      in.readUnsignedByte();
      String name = new String(in.readNBytes(in.readUnsignedByte()), ISO_8859_1);
      String word = new String(in.readNBytes(in.readUnsignedByte()), ISO_8859_1);
      boolean isRight = name.equals(user) && word.equals(password);
      out.write(new byte[] {1, (byte) (isRight ? 0 : 1)});
      if (!isRight) {
        return;
      }
    } else {
      out.write(new byte[] {SOCKS, 0});
    }
    in.readNBytes(3);
    int kind = in.readUnsignedByte();
    if (kind == 3) {
      asked.add("SOCKS name " + new String(in.readNBytes(in.readUnsignedByte()), ISO_8859_1));
      return;
    }
    InetAddress address = InetAddress.getByAddress(in.readNBytes(kind == 1 ? 4 : 16));
    int port = in.readUnsignedShort();
    asked.add("SOCKS " + address.getHostAddress() + ":" + port);
    try (Socket provider = new Socket(address, port)) {
      out.write(new byte[] {SOCKS, 0, 0, 1, 0, 0, 0, 0, 0, 0});
      relay(client, provider);
    } catch (IOException e) {
      out.write(new byte[] {SOCKS, 5, 0, 1, 0, 0, 0, 0, 0, 0});
    }
  }

  private void http(Socket client, String head) throws IOException {
    OutputStream out = client.getOutputStream();
    String[] line = head.lines().findFirst().orElseThrow().split(" ", -1);
    String credentials =
        Base64.getEncoder().encodeToString((user + ":" + password).getBytes(ISO_8859_1));
    if (!user.isEmpty() && !head.contains("Proxy-Authorization: Basic " + credentials)) {
      out.write("HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
      return;
    }
    asked.add(line[0] + " " + line[1]);
    boolean isTunnel = line[0].equals("CONNECT");
    URI place = URI.create(isTunnel ? "http://" + line[1] : line[1]);
    InetSocketAddress to = new InetSocketAddress(place.getHost(), place.getPort());
    try (Socket provider = new Socket(to.getAddress(), to.getPort())) {
      if (isTunnel) {
        out.write("HTTP/1.1 200 Go on\r\n\r\n".getBytes(ISO_8859_1));
      } else {
        String path =
            place.getRawPath() + (place.getRawQuery() == null ? "" : "?" + place.getRawQuery());
        String rest =
            head.replaceFirst("(?m)^Proxy-Authorization: .*\r\n", "")
                .substring(head.indexOf("\r\n"));
        provider
            .getOutputStream()
            .write((line[0] + " " + path + " HTTP/1.1" + rest).getBytes(ISO_8859_1));
      }
      relay(client, provider);
    }
  }

  /** Relays in both directions until one of them ends. */
  private void relay(Socket client, Socket provider) throws IOException {
    sockets.add(provider);
    Thread.startVirtualThread(() -> copy(client, provider));
    copy(provider, client);
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // The connection is closed, and with it the other side.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int letter = in.read();
      if (letter < 0) {
        throw new EOFException();
      }
      head.append((char) letter);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
