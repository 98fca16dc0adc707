package streamcache.origin;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.Timeout;
import streamcache.link.HttpUrl;

/**
 * Sends one request and reads the head of its response. It uses the library's pool and protocol
 * layer without its client, so that the library adds nothing to a request and follows or repeats
 * none by itself. Any thread; blocks.
 */
final class UpstreamTransport implements AutoCloseable {

  private static final int PROXY_WANTS_CREDENTIALS = 407;

  private final Timeouts timeouts;
  private final Dialler dialler;
  private final HttpRequestExecutor executor = new HttpRequestExecutor();

  UpstreamTransport(Network network, TlsCheck tls) {
    WireLog.silence();
    this.timeouts = network.timeouts();
    this.dialler = new Dialler(network, tls);
  }

  /** Performs one exchange up to the response head. */
  HopResponse send(Hop hop) throws OriginException {
    return send(hop, /* mayRepeat= */ true);
  }

  /** Closes the connections that are kept for later requests. */
  void closeIdle() {
    dialler.closeIdle();
  }

  @Override
  public void close() {
    dialler.close();
  }

  private HopResponse send(Hop hop, boolean mayRepeat) throws OriginException {
    PooledConnection connection = dialler.connect(hop);
    try {
      return exchange(connection, hop);
    } catch (ProxyRefusal e) {
      connection.cut();
      throw NetworkFailures.connecting(e);
    } catch (IOException e) {
      connection.cut();
      // The provider closed the connection while it was idle, which says nothing about this
      // request.
      if (mayRepeat && connection.isUsed() && !(e instanceof SocketTimeoutException)) {
        dialler.closeIdle();
        return send(hop, /* mayRepeat= */ false);
      }
      throw NetworkFailures.awaiting(e);
    } catch (HttpException e) {
      connection.cut();
      // Excess bytes after the previous response may precede the response to this request.
      if (mayRepeat && connection.isUsed()) {
        return send(hop, /* mayRepeat= */ false);
      }
      throw NetworkFailures.head(e);
    }
  }

  private HopResponse exchange(PooledConnection connection, Hop hop)
      throws IOException, HttpException {
    HttpUrl url = hop.target();
    // The host keeps the library from parsing the path as a URI and changing it.
    ClassicHttpRequest request =
        new BasicClassicHttpRequest("GET", new HttpHost(url.address()), asked(hop));
    hop.headers().forEach(request::addHeader);
    HttpCoreContext context = HttpCoreContext.create();
    connection.endpoint().setSocketTimeout(Timeout.of(timeouts.firstByte()));
    ClassicHttpResponse response =
        connection.endpoint().execute("", request, executor::execute, context);
    if (hop.isAskedOfProxy() && response.getCode() == PROXY_WANTS_CREDENTIALS) {
      throw new ProxyRefusal("the proxy rejects the credentials");
    }
    boolean isReusable =
        DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
    return new HopResponse(url, response, connection, isReusable);
  }

  /** The request target: in absolute form for an HTTP proxy, else path and query. */
  private static String asked(Hop hop) {
    HttpUrl url = hop.target();
    return hop.isAskedOfProxy()
        ? url.scheme() + "://" + url.authority() + url.target()
        : url.target();
  }
}
