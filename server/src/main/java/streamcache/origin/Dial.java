package streamcache.origin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import streamcache.settings.Proxy;

/**
 * Makes network connections for the library's pool: to the address that was checked and to no
 * other, and so that the {@link Call} can end the connect and the TLS handshake at any moment. The
 * library's own dialler looks names up again and cannot be stopped before its socket is connected.
 */
final class Dial implements HttpClientConnectionOperator {

  private static final String WAY = "streamcache.way";
  private static final String CALL = "streamcache.call";

  private final TlsSocketStrategy tls;
  private final Duration handshake;
  private final Duration read;

  Dial(TlsSocketStrategy tls, Timeouts timeouts) {
    this.tls = tls;
    this.handshake = timeouts.connect();
    this.read = timeouts.read();
  }

  /** Hands the call and the way to the connect that will be made with this context. */
  static void give(Call call, Way way, HttpContext context) {
    context.setAttribute(CALL, call);
    context.setAttribute(WAY, way);
  }

  @Override
  public void connect(
      ManagedHttpClientConnection connection,
      HttpHost host,
      @Nullable InetSocketAddress local,
      TimeValue timeout,
      SocketConfig config,
      HttpContext context)
      throws IOException {
    InetAddress address = host.getAddress();
    if (address == null
        || !(context.getAttribute(CALL) instanceof Call call)
        || !(context.getAttribute(WAY) instanceof Way way)) {
      throw new UnknownHostException("unchecked look-up");
    }
    InetSocketAddress to = new InetSocketAddress(address, host.getPort());
    boolean isSecure = host.getSchemeName().equals("https");
    Socket socket =
        way.proxy().isEmpty()
            ? dialled(to, timeout, call)
            : dialled(way, way.proxy().get().port(), timeout, call);
    try {
      if (way.proxy().isPresent() && (isSecure || way.proxy().get().kind() == Proxy.Kind.SOCKS5)) {
        socket.setSoTimeout(Math.toIntExact(handshake.toMillis()));
        Tunnel.open(socket, way.proxy().get(), to);
      }
      bind(connection, socket, host, context);
    } catch (IOException | RuntimeException e) {
      close(socket);
      throw e;
    }
  }

  private static Socket dialled(Way way, int port, TimeValue timeout, Call call)
      throws IOException {
    IOException last = new UnknownHostException("no address of the proxy");
    for (InetAddress address : way.proxyAddresses()) {
      try {
        return dialled(new InetSocketAddress(address, port), timeout, call);
      } catch (ConnectException e) {
        last = new ProxyRefusal("the proxy cannot be reached");
      }
    }
    throw last;
  }

  private static Socket dialled(InetSocketAddress to, TimeValue timeout, Call call)
      throws IOException {
    Socket socket = new Socket();
    try {
      call.during(() -> close(socket));
      socket.setTcpNoDelay(true);
      socket.connect(to, timeout.toMillisecondsIntBound());
      return socket;
    } catch (IOException | RuntimeException e) {
      close(socket);
      throw e;
    }
  }

  /** For tunnels that the library makes; ours are there before the socket is bound. */
  @Override
  public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
    throw new UnsupportedOperationException("no tunnels of the library");
  }

  private void bind(
      ManagedHttpClientConnection connection, Socket socket, HttpHost host, HttpContext context)
      throws IOException {
    if (host.getSchemeName().equals("https")) {
      socket.setSoTimeout(Math.toIntExact(handshake.toMillis()));
      SSLSocket secured =
          tls.upgrade(socket, host.getHostName(), host.getPort(), /* attachment= */ null, context);
      connection.bind(secured, socket);
    } else {
      connection.bind(socket);
    }
    connection.setSocketTimeout(Timeout.ofMilliseconds(read.toMillis()));
  }

  /** Without a farewell, which would wait for a peer that does not answer. */
  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed all the same.
    }
  }
}
