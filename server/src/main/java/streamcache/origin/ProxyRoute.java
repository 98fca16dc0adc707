package streamcache.origin;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import streamcache.link.HttpUrl;
import streamcache.settings.Proxy;

/**
 * How a connection reaches its address: directly or through a proxy.
 *
 * @param proxyAddresses addresses of the proxy; not empty if there is a proxy
 */
record ProxyRoute(Optional<Proxy> proxy, List<InetAddress> proxyAddresses) {

  static final ProxyRoute STRAIGHT = new ProxyRoute(Optional.empty(), List.of());

  /**
   * Whether the proxy receives the request target in absolute form and looks the name up itself.
   */
  static boolean isAskedForUrls(Optional<Proxy> proxy, HttpUrl target) {
    return proxy.filter(known -> known.kind() == Proxy.Kind.HTTP).isPresent() && !target.tls();
  }
}
