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
import streamcache.settings.Proxy;

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

  private static final int PROXY_WANTS_CREDENTIALS = 407;
  private static final int LONGEST_LINE = 16 * 1024;

  /** Lines behind a chunked body; the library would collect them without end. */
  private static final int MOST_TRAILERS = 100;

  private final AddressPolicy policy;
  private final LookUps lookUps;
  private final Timeouts timeouts;
  private final PoolingHttpClientConnectionManager pool;
  private final IdleLines idle = new IdleLines();
  private final HttpRequestExecutor executor = new HttpRequestExecutor();

  Wire(Network network, TlsCheck tls) {
    WireLog.silence();
    this.policy = network.policy();
    this.timeouts = network.timeouts();
    this.lookUps = new LookUps(network.resolver(), timeouts.lookUp());
    this.pool = pool(timeouts, tls);
  }

  /** One exchange up to the head of the answer. */
  Answer send(Hop hop) throws OriginException {
    return send(hop, /* mayRepeat= */ true);
  }

  @Override
  public void close() {
    pool.close(CloseMode.IMMEDIATE);
    lookUps.close();
  }

  private Answer send(Hop hop, boolean mayRepeat) throws OriginException {
    Line line = connect(hop);
    try {
      return exchange(line, hop);
    } catch (ProxyRefusal e) {
      line.cut();
      throw Trouble.connecting(e);
    } catch (IOException e) {
      line.cut();
      // Closed by the provider while it was idle: that says nothing about this request.
      if (mayRepeat && line.isUsed() && !(e instanceof SocketTimeoutException)) {
        pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
        return send(hop, /* mayRepeat= */ false);
      }
      throw Trouble.awaiting(e);
    } catch (HttpException e) {
      line.cut();
      // More than was promised may have followed the answer before, and lie where ours should.
      if (mayRepeat && line.isUsed()) {
        return send(hop, /* mayRepeat= */ false);
      }
      throw Trouble.head(e);
    }
  }

  private Answer exchange(Line line, Hop hop) throws IOException, HttpException {
    Target target = hop.target();
    // Built with a host so that the library does not take the path for a URI and change it.
    ClassicHttpRequest request =
        new BasicClassicHttpRequest("GET", new HttpHost(target.host()), asked(hop));
    hop.headers().forEach(request::addHeader);
    HttpCoreContext context = HttpCoreContext.create();
    line.endpoint().setSocketTimeout(Timeout.of(timeouts.read()));
    ClassicHttpResponse response = line.endpoint().execute("", request, executor::execute, context);
    if (hop.isAskedOfProxy() && response.getCode() == PROXY_WANTS_CREDENTIALS) {
      throw new ProxyRefusal("the proxy refuses our credentials");
    }
    boolean isReusable =
        DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
    return new Answer(target, response, line, isReusable);
  }

  /** Proxies for plain HTTP want the whole URL. */
  private static String asked(Hop hop) {
    Target target = hop.target();
    return hop.isAskedOfProxy()
        ? target.scheme() + "://" + target.authority() + target.path()
        : target.path();
  }

  private Line connect(Hop hop) throws OriginException {
    List<InetAddress> addresses = addresses(hop);
    Way way = way(hop);
    int tried = Math.min(addresses.size(), MOST_ADDRESSES);
    Timeout each = Timeout.of(timeouts.connect().dividedBy(tried));
    OriginException last = null;
    for (InetAddress address : addresses.subList(0, tried)) {
      try {
        Line line = connect(hop, address, way, each);
        hop.call().during(line::cut);
        return line;
      } catch (IOException e) {
        last = Trouble.connecting(e);
      }
    }
    throw last == null ? Trouble.connecting(new UnknownHostException()) : last;
  }

  /** The host keeps its name for TLS; the address given with it is the only one connected to. */
  private Line connect(Hop hop, InetAddress address, Way way, Timeout timeout) throws IOException {
    Target target = hop.target();
    HttpHost host = new HttpHost(target.scheme(), address, target.host(), target.port());
    HttpRoute route = new HttpRoute(host, /* local= */ null, target.isSecure());
    AccountId account = hop.account();
    ConnectionEndpoint endpoint = lease(route, account);
    Line line =
        new Line(
            pool,
            endpoint,
            endpoint.isConnected(),
            timeouts.idle(),
            account,
            () -> idle.left(account, route));
    if (line.isUsed()) {
      idle.taken(account, route);
      return line;
    }
    try {
      closeIdle(account);
      HttpClientContext context = HttpClientContext.create();
      Dial.give(hop.call(), way, context);
      pool.connect(endpoint, timeout, context);
      return line;
    } catch (IOException e) {
      line.cut();
      throw e;
    }
  }

  /** Makes room for another connection of the account in what its provider counts. */
  private void closeIdle(AccountId account) throws IOException {
    Optional<HttpRoute> oldest = idle.oldest(account);
    if (oldest.isPresent()) {
      ConnectionEndpoint endpoint = lease(oldest.get(), account);
      endpoint.close(CloseMode.IMMEDIATE);
      pool.release(endpoint, null, TimeValue.ZERO_MILLISECONDS);
    }
  }

  /** A waiting connection of the same account, else one that is not connected yet. */
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

  /** The proxy is the operator's choice: no policy is asked about its address. */
  private Way way(Hop hop) throws OriginException {
    Optional<Proxy> proxy = hop.proxy();
    return proxy.isEmpty()
        ? Way.STRAIGHT
        : new Way(proxy, lookUps.addresses(proxy.get().host(), hop.call()));
  }

  /** One look-up a connect: those that are let through are those that are connected to. */
  private List<InetAddress> addresses(Hop hop) throws OriginException {
    Destination to = hop.destination();
    policy.admit(to);
    return policy.permitted(to, found(to, hop.call()));
  }

  /** Whoever is not trusted is not told whether a name exists, since it may be an internal one. */
  private List<InetAddress> found(Destination to, Call call) throws OriginException {
    try {
      return lookUps.addresses(to.host(), call);
    } catch (OriginException e) {
      if (to.isTrusted()) {
        throw e;
      }
      String detail = to.host() + " not found, and whoever asks is not trusted to be told so";
      throw new OriginException(new Failure.Forbidden(OptionalInt.empty(), detail), e);
    }
  }

  private static PoolingHttpClientConnectionManager pool(Timeouts timeouts, TlsCheck tls) {
    Timeout connect = Timeout.of(timeouts.connect());
    Timeout read = Timeout.of(timeouts.read());
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
                // The library would wait a millisecond for the news that it was closed; when it
                // was,
                // the request shows it and is repeated.
                .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
                .build())
        .setMaxConnTotal(NO_LIMIT)
        .setMaxConnPerRoute(NO_LIMIT)
        .build();
  }

  /** Puts our own dialler into the pool. */
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
