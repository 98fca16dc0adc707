package streamcache.origin;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
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
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import streamcache.link.AccountId;

/**
 * The network connections to providers, in use and idle; idle ones are reused only for the account
 * that opened them. Any thread.
 */
final class ConnectionPool implements AutoCloseable {

  /** The limit per account is enforced elsewhere; a request must never wait for the pool. */
  private static final int NO_LIMIT = 10_000;

  private static final int LONGEST_LINE = 16 * 1024;

  /** Most trailer lines after a chunked body; the library would collect them without limit. */
  private static final int MOST_TRAILERS = 100;

  private final Timeouts timeouts;
  private final PoolingHttpClientConnectionManager pool;
  private final IdleConnections idle = new IdleConnections();

  ConnectionPool(Timeouts timeouts, TlsCheck tls) {
    this.timeouts = timeouts;
    this.pool = pool(timeouts, tls);
  }

  /**
   * Takes an idle connection of the account.
   *
   * @param routes those to which a new connection would go
   */
  Optional<PooledConnection> idle(List<HttpRoute> routes, AccountId account) throws IOException {
    Optional<HttpRoute> route = idle.take(account, routes);
    while (route.isPresent()) {
      ConnectionEndpoint endpoint = lease(route.get(), account);
      if (endpoint.isConnected()) {
        return Optional.of(connection(endpoint, route.get(), account, /* isUsed= */ true));
      }
      discard(endpoint);
      route = idle.take(account, routes);
    }
    return Optional.empty();
  }

  /**
   * Adds a connection and makes its TLS handshake, if the route has one; blocks.
   *
   * @param socket connected to the address of the route; closed here if this fails
   */
  PooledConnection add(Socket socket, HttpRoute route, AccountId account) throws IOException {
    ConnectionEndpoint endpoint;
    try {
      endpoint = lease(route, account);
    } catch (IOException e) {
      AddressRace.close(socket);
      throw e;
    }
    PooledConnection connection = connection(endpoint, route, account, endpoint.isConnected());
    if (connection.isUsed()) {
      // It has become idle since the socket was opened; one of the two is superfluous.
      AddressRace.close(socket);
      idle.take(account, List.of(route));
      return connection;
    }
    try {
      HttpClientContext context = HttpClientContext.create();
      Dial.give(socket, context);
      pool.connect(endpoint, Timeout.of(timeouts.connect()), context);
      return connection;
    } catch (IOException | RuntimeException e) {
      AddressRace.close(socket);
      connection.cut();
      throw e;
    }
  }

  /**
   * Closes the longest idle connection of the account, so that the provider does not count it in
   * addition to a new one.
   */
  void closeOldest(AccountId account) throws IOException {
    Optional<HttpRoute> oldest = idle.oldest(account);
    if (oldest.isPresent()) {
      discard(lease(oldest.get(), account));
    }
  }

  /** Closes all idle connections. */
  void closeIdle() {
    pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
  }

  /** Closes all connections, idle or in use. */
  @Override
  public void close() {
    pool.close(CloseMode.IMMEDIATE);
  }

  private PooledConnection connection(
      ConnectionEndpoint endpoint, HttpRoute route, AccountId account, boolean isUsed) {
    return new PooledConnection(
        pool, endpoint, isUsed, timeouts.idle(), account, () -> idle.left(account, route));
  }

  private void discard(ConnectionEndpoint endpoint) {
    endpoint.close(CloseMode.IMMEDIATE);
    pool.release(endpoint, null, TimeValue.ZERO_MILLISECONDS);
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
