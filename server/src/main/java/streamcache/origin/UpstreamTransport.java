package streamcache.origin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import streamcache.link.AccountId;
import streamcache.link.HttpUrl;
import streamcache.settings.Proxy;

/**
 * Sends one request and reads the head of its response: lookup, address policy, connect, exchange.
 * It uses the library's pool and protocol layer without its client, so that the library adds
 * nothing to a request and follows or repeats none by itself. Any thread; blocks.
 */
final class UpstreamTransport implements AutoCloseable {

  /** Most addresses of one host that are tried; they share the connect time-out. */
  private static final int MOST_ADDRESSES = 3;

  /** The limit per account is enforced elsewhere; a request must never wait for the pool. */
  private static final int NO_LIMIT = 10_000;

  private static final int PROXY_WANTS_CREDENTIALS = 407;
  private static final int LONGEST_LINE = 16 * 1024;

  /** Most trailer lines after a chunked body; the library would collect them without limit. */
  private static final int MOST_TRAILERS = 100;

  private final AddressPolicy policy;
  private final LookUps lookUps;
  private final Timeouts timeouts;
  private final PoolingHttpClientConnectionManager pool;
  private final IdleConnections idle = new IdleConnections();
  private final HttpRequestExecutor executor = new HttpRequestExecutor();

  UpstreamTransport(Network network, TlsCheck tls) {
    WireLog.silence();
    this.policy = network.policy();
    this.timeouts = network.timeouts();
    this.lookUps = new LookUps(network.resolver(), timeouts.lookUp());
    this.pool = pool(timeouts, tls);
  }

  /** Performs one exchange up to the response head. */
  HopResponse send(Hop hop) throws OriginException {
    return send(hop, /* mayRepeat= */ true);
  }

  @Override
  public void close() {
    pool.close(CloseMode.IMMEDIATE);
    lookUps.close();
  }

  private HopResponse send(Hop hop, boolean mayRepeat) throws OriginException {
    PooledConnection connection = connect(hop);
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
        pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
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

  private PooledConnection connect(Hop hop) throws OriginException {
    List<InetAddress> addresses = addresses(hop);
    ProxyRoute way = way(hop);
    int tried = Math.min(addresses.size(), MOST_ADDRESSES);
    Timeout each = Timeout.of(timeouts.connect().dividedBy(tried));
    OriginException last = null;
    for (InetAddress address : addresses.subList(0, tried)) {
      try {
        PooledConnection connection = connect(hop, address, way, each);
        hop.call().during(connection::cut);
        hop.call().connected();
        return connection;
      } catch (IOException e) {
        last = NetworkFailures.connecting(e);
      }
    }
    throw last == null ? NetworkFailures.connecting(new UnknownHostException()) : last;
  }

  /** The host keeps its name for TLS; only the address given with it is connected to. */
  private PooledConnection connect(Hop hop, InetAddress address, ProxyRoute way, Timeout timeout)
      throws IOException {
    HttpUrl url = hop.target();
    HttpHost host = new HttpHost(url.scheme(), address, url.address(), url.effectivePort());
    HttpRoute route = new HttpRoute(host, /* local= */ null, url.tls());
    AccountId account = hop.account();
    ConnectionEndpoint endpoint = lease(route, account);
    PooledConnection connection =
        new PooledConnection(
            pool,
            endpoint,
            endpoint.isConnected(),
            timeouts.idle(),
            account,
            () -> idle.left(account, route));
    if (connection.isUsed()) {
      idle.taken(account, route);
      return connection;
    }
    try {
      closeIdle(account);
      HttpClientContext context = HttpClientContext.create();
      Dial.give(hop.call(), way, context);
      pool.connect(endpoint, timeout, context);
      return connection;
    } catch (IOException e) {
      connection.cut();
      throw e;
    }
  }

  /**
   * Closes the longest idle connection of the account, so that the provider does not count it in
   * addition to a new one.
   */
  private void closeIdle(AccountId account) throws IOException {
    Optional<HttpRoute> oldest = idle.oldest(account);
    if (oldest.isPresent()) {
      ConnectionEndpoint endpoint = lease(oldest.get(), account);
      endpoint.close(CloseMode.IMMEDIATE);
      pool.release(endpoint, null, TimeValue.ZERO_MILLISECONDS);
    }
  }

  /** Leases an idle connection of the same account, else one that is not connected yet. */
  private ConnectionEndpoint lease(HttpRoute route, AccountId account) throws IOException {
    Timeout patience = Timeout.of(timeouts.connect());
    try {
      return pool.lease("", route, patience, account).get(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no connection from the pool", e);
    }
  }

  /** The operator chose the proxy, so the address policy does not apply to it. */
  private ProxyRoute way(Hop hop) throws OriginException {
    Optional<Proxy> proxy = hop.proxy();
    return proxy.isEmpty()
        ? ProxyRoute.STRAIGHT
        : new ProxyRoute(proxy, lookUps.addresses(proxy.get().host(), hop.call()));
  }

  /** Looks up once per connect: the addresses permitted are the addresses connected to. */
  private List<InetAddress> addresses(Hop hop) throws OriginException {
    Destination to = hop.destination();
    policy.admit(to);
    return policy.permitted(to, found(to, hop.call()));
  }

  /** Hides from an untrusted client whether a name exists, since it may be an internal one. */
  private List<InetAddress> found(Destination to, Call call) throws OriginException {
    try {
      return lookUps.addresses(to.host(), call);
    } catch (OriginException e) {
      if (to.isTrusted()) {
        throw e;
      }
      String detail = to.host() + " not found, hidden from an untrusted client";
      throw new OriginException(new Failure.Forbidden(OptionalInt.empty(), detail), e);
    }
  }

  private static PoolingHttpClientConnectionManager pool(Timeouts timeouts, TlsCheck tls) {
    Timeout connect = Timeout.of(timeouts.connect());
    Timeout read = Timeout.of(timeouts.firstByte());
    return new PoolBuilder(timeouts)
        .setTlsSocketStrategy(Tls.strategy(tls))
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxLineLength(LONGEST_LINE)
                        .setMaxHeaderCount(MOST_TRAILERS)
                        .build())
                .responseParserFactory(_ -> new LenientHead())
                .build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connect)
                .setSocketTimeout(read)
                // The library would wait a millisecond to learn whether the connection was closed;
                // if it was, the request fails and is repeated.
                .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
                .build())
        .setMaxConnTotal(NO_LIMIT)
        .setMaxConnPerRoute(NO_LIMIT)
        .build();
  }

  /** Installs our own connection operator in the pool. */
  private static final class PoolBuilder extends PoolingHttpClientConnectionManagerBuilder {

    private final Timeouts timeouts;

    PoolBuilder(Timeouts timeouts) {
      this.timeouts = timeouts;
    }

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
        SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
      return new Dial(tls, timeouts);
    }
  }
}
