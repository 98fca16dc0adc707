package streamcache.origin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends one request and reads the head of one answer: name, address policy, connection, bytes. The
 * library's pool and parser are used below its client, so that nothing is added to a request,
 * followed or repeated that we do not know of. Any thread; blocks.
 */
final class Wire implements AutoCloseable {

  /** Addresses of one host that are tried; they share the connect time. */
  private static final int MOST_ADDRESSES = 3;

  /** The budget per account is kept elsewhere; the pool must never be what is waited for. */
  private static final int NO_LIMIT = 10_000;

  private static final int LONGEST_LINE = 16 * 1024;

  private final AddressPolicy policy;
  private final Timeouts timeouts;
  private final PoolingHttpClientConnectionManager pool;
  private final HttpRequestExecutor executor = new HttpRequestExecutor();

  Wire(AddressPolicy policy, Timeouts timeouts, boolean verifyTls) {
    WireLog.silence();
    this.policy = policy;
    this.timeouts = timeouts;
    this.pool = pool(timeouts, verifyTls);
  }

  /**
   * One exchange up to the head of the answer.
   *
   * @param headers all of them, Host included, in the order they are sent
   */
  Answer send(Target target, List<Header> headers) throws OriginException {
    return send(target, headers, /* mayRepeat= */ true);
  }

  @Override
  public void close() {
    pool.close(CloseMode.IMMEDIATE);
  }

  private Answer send(Target target, List<Header> headers, boolean mayRepeat)
      throws OriginException {
    Line line = connect(target);
    try {
      return exchange(line, target, headers);
    } catch (IOException e) {
      line.cut();
      // Closed by the provider while it was idle: that says nothing about this request.
      if (mayRepeat && line.isUsed() && !(e instanceof SocketTimeoutException)) {
        pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
        return send(target, headers, /* mayRepeat= */ false);
      }
      throw Trouble.awaiting(e);
    } catch (HttpException e) {
      line.cut();
      throw Trouble.head(e);
    }
  }

  private Answer exchange(Line line, Target target, List<Header> headers)
      throws IOException, HttpException {
    // Built with a host so that the library does not take the path for a URI and change it.
    ClassicHttpRequest request =
        new BasicClassicHttpRequest("GET", new HttpHost(target.host()), target.path());
    headers.forEach(request::addHeader);
    HttpCoreContext context = HttpCoreContext.create();
    line.endpoint().setSocketTimeout(Timeout.of(timeouts.read()));
    ClassicHttpResponse response = line.endpoint().execute("", request, executor::execute, context);
    boolean isReusable =
        DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
    return new Answer(target, response, line, isReusable);
  }

  private Line connect(Target target) throws OriginException {
    List<InetAddress> addresses = addresses(target);
    int tried = Math.min(addresses.size(), MOST_ADDRESSES);
    Timeout each = Timeout.of(timeouts.connect().dividedBy(tried));
    OriginException last = null;
    for (InetAddress address : addresses.subList(0, tried)) {
      try {
        return connect(target, address, each);
      } catch (IOException e) {
        last = Trouble.connecting(e);
      }
    }
    throw last == null ? Trouble.connecting(new UnknownHostException()) : last;
  }

  /** The host keeps its name for TLS; the address given with it is the only one connected to. */
  private Line connect(Target target, InetAddress address, Timeout timeout) throws IOException {
    HttpHost host = new HttpHost(target.scheme(), address, target.host(), target.port());
    HttpRoute route = new HttpRoute(host, /* local= */ null, target.isSecure());
    ConnectionEndpoint endpoint = lease(route);
    Line line = new Line(pool, endpoint, endpoint.isConnected(), timeouts.idle());
    if (line.isUsed()) {
      return line;
    }
    try {
      pool.connect(endpoint, timeout, HttpClientContext.create());
      return line;
    } catch (IOException e) {
      line.cut();
      throw e;
    }
  }

  private ConnectionEndpoint lease(HttpRoute route) throws IOException {
    Timeout patience = Timeout.of(timeouts.connect());
    try {
      return pool.lease("", route, patience, null).get(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no connection from the pool", e);
    }
  }

  private List<InetAddress> addresses(Target target) throws OriginException {
    try {
      List<InetAddress> found = List.of(InetAddress.getAllByName(target.host()));
      return policy.permitted(target.host(), target.port(), found);
    } catch (UnknownHostException e) {
      throw Trouble.connecting(e);
    }
  }

  private static PoolingHttpClientConnectionManager pool(Timeouts timeouts, boolean verifyTls) {
    Timeout connect = Timeout.of(timeouts.connect());
    Timeout read = Timeout.of(timeouts.read());
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(Http1Config.custom().setMaxLineLength(LONGEST_LINE).build())
                .responseParserFactory(_ -> new LenientHead())
                .build())
        .setDnsResolver(new NoResolver())
        .setTlsSocketStrategy(Tls.strategy(verifyTls))
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
        .setDefaultSocketConfig(
            SocketConfig.custom().setTcpNoDelay(true).setSoTimeout(read).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connect)
                .setSocketTimeout(read)
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build())
        .setMaxConnTotal(NO_LIMIT)
        .setMaxConnPerRoute(NO_LIMIT)
        .build();
  }

  /** Every host comes with its checked address; a name looked up behind our back is a bug. */
  private static final class NoResolver implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException("unchecked look-up");
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      throw new UnknownHostException("unchecked look-up");
    }
  }
}
