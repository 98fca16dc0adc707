package streamcache.origin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import streamcache.link.AccountId;
import streamcache.link.HttpUrl;
import streamcache.settings.Proxy;

/**
 * Finds or opens the connection for one hop: look-up, address policy, idle connection, connect,
 * proxy, TLS. Any thread; blocks.
 */
final class Dialler implements AutoCloseable {

  /** Most addresses that are tried after one that accepted and then failed, as in TLS. */
  private static final int MOST_HANDSHAKES = 3;

  private final AddressPolicy policy;
  private final Timeouts timeouts;
  private final LookUps lookUps;
  private final AddressRace race;
  private final ConnectionPool pool;

  Dialler(Network network, TlsCheck tls) {
    this.policy = network.policy();
    this.timeouts = network.timeouts();
    this.lookUps = new LookUps(network.resolver(), timeouts.lookUp());
    this.race = new AddressRace(timeouts.connect());
    this.pool = new ConnectionPool(timeouts, tls);
  }

  /** The connection for a hop, idle until now or new. */
  PooledConnection connect(Hop hop) throws OriginException {
    List<InetAddress> addresses = addresses(hop);
    ProxyRoute way = way(hop);
    try {
      PooledConnection connection = connect(hop, addresses, way);
      hop.call().during(connection::cut);
      hop.call().connected();
      return connection;
    } catch (OriginException e) {
      throw e;
    } catch (IOException e) {
      throw NetworkFailures.connecting(e);
    }
  }

  /** Closes all idle connections. */
  void closeIdle() {
    pool.closeIdle();
  }

  @Override
  public void close() {
    pool.close();
    lookUps.close();
  }

  private PooledConnection connect(Hop hop, List<InetAddress> addresses, ProxyRoute way)
      throws IOException {
    AccountId account = hop.account();
    List<HttpRoute> routes = addresses.stream().map(address -> route(hop, address)).toList();
    Optional<PooledConnection> idle = pool.idle(routes, account);
    if (idle.isPresent()) {
      return idle.get();
    }
    pool.closeOldest(account);
    return way.proxy().isEmpty() ? direct(hop, addresses) : proxied(hop, addresses, way);
  }

  private PooledConnection direct(Hop hop, List<InetAddress> addresses) throws IOException {
    int port = hop.target().effectivePort();
    List<InetAddress> left = new ArrayList<>(addresses);
    while (true) {
      Socket socket = race.connect(left, port, hop.call());
      InetAddress address = socket.getInetAddress();
      try {
        return pool.add(socket, route(hop, address), hop.account());
      } catch (IOException e) {
        left.remove(address);
        boolean isLast = left.isEmpty() || addresses.size() - left.size() == MOST_HANDSHAKES;
        if (isLast || hop.call().isOver()) {
          throw e;
        }
        race.failed(new InetSocketAddress(address, port));
      }
    }
  }

  /** The proxy connects to the provider, so its addresses are tried one after the other. */
  private PooledConnection proxied(Hop hop, List<InetAddress> addresses, ProxyRoute way)
      throws IOException {
    IOException last = new ProxyRefusal("the provider has no address");
    for (InetAddress address : addresses.subList(0, Math.min(addresses.size(), MOST_HANDSHAKES))) {
      try {
        return pool.add(tunnel(hop, address, way), route(hop, address), hop.account());
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private Socket tunnel(Hop hop, InetAddress address, ProxyRoute way) throws IOException {
    Proxy proxy = way.proxy().orElseThrow();
    Socket socket;
    try {
      socket = race.connect(way.proxyAddresses(), proxy.port(), hop.call());
    } catch (ConnectException e) {
      throw new ProxyRefusal("the proxy cannot be reached");
    }
    try {
      if (hop.target().tls() || proxy.kind() == Proxy.Kind.SOCKS5) {
        socket.setSoTimeout(Math.toIntExact(timeouts.connect().toMillis()));
        Tunnel.open(socket, proxy, new InetSocketAddress(address, hop.target().effectivePort()));
      }
      return socket;
    } catch (IOException | RuntimeException e) {
      AddressRace.close(socket);
      throw e;
    }
  }

  /** The host keeps its name for TLS; only the address given with it is connected to. */
  private static HttpRoute route(Hop hop, InetAddress address) {
    HttpUrl url = hop.target();
    HttpHost host = new HttpHost(url.scheme(), address, url.address(), url.effectivePort());
    return new HttpRoute(host, /* local= */ null, url.tls());
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
}
