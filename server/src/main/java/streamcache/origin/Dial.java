package streamcache.origin;

import java.io.IOException;
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

/**
 * Gives the library's pool a socket that is connected already, and makes the TLS handshake. The
 * library's own operator looks names up again and cannot be stopped before its socket is connected.
 */
final class Dial implements HttpClientConnectionOperator {

  private static final String SOCKET = "streamcache.socket";

  private final TlsSocketStrategy tls;
  private final Duration handshake;
  private final Duration read;

  Dial(TlsSocketStrategy tls, Timeouts timeouts) {
    this.tls = tls;
    this.handshake = timeouts.connect();
    this.read = timeouts.firstByte();
  }

  /** Passes a connected socket to the connect that uses this context. */
  static void give(Socket socket, HttpContext context) {
    context.setAttribute(SOCKET, socket);
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
    if (!(context.getAttribute(SOCKET) instanceof Socket socket)) {
      throw new UnknownHostException("unchecked look-up");
    }
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

  /** For tunnels that the library makes; ours are open before the socket is bound. */
  @Override
  public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
    throw new UnsupportedOperationException("the library opens no tunnels");
  }
}
