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
 * Opens network connections for the library's pool. It connects only to the address that was
 * checked, and the {@link Call} can end the connect and the TLS handshake at any moment. The
 * library's own operator looks names up again and cannot be stopped before its socket is connected.
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
    this.read = timeouts.firstByte();
  }

  /** Passes the call and the route to the connect that uses this context. */
  static void give(Call call, ProxyRoute route, HttpContext context) {
    context.setAttribute(CALL, call);
    context.setAttribute(WAY, route);
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
        || !(context.getAttribute(WAY) instanceof ProxyRoute route)) {
      throw new UnknownHostException("unchecked look-up");
    }
    InetSocketAddress to = new InetSocketAddress(address, host.getPort());
    boolean isSecure = host.getSchemeName().equals("https");
    Socket socket =
        route.proxy().isEmpty()
            ? dialled(to, timeout, call)
            : dialled(route, route.proxy().get().port(), timeout, call);
    try {
      if (route.proxy().isPresent()
          && (isSecure || route.proxy().get().kind() == Proxy.Kind.SOCKS5)) {
        socket.setSoTimeout(Math.toIntExact(handshake.toMillis()));
        Tunnel.open(socket, route.proxy().get(), to);
      }
      bind(connection, socket, host, context);
    } catch (IOException | RuntimeException e) {
      close(socket);
      throw e;
    }
  }

  private static Socket dialled(ProxyRoute route, int port, TimeValue timeout, Call call)
      throws IOException {
    IOException last = new UnknownHostException("the proxy has no address");
    for (InetAddress address : route.proxyAddresses()) {
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

  /** For tunnels that the library makes; ours are open before the socket is bound. */
  @Override
  public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
    throw new UnsupportedOperationException("the library opens no tunnels");
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

  /** Closes without a TLS shutdown, which would wait for a peer that does not respond. */
  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // The socket is closed in any case.
    }
  }
}
