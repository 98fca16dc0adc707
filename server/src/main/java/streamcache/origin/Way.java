package streamcache.origin;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import streamcache.settings.Proxy;

/**
 * How a connection gets to the address it is for: straight, or through a proxy.
 *
 * @param proxyAddresses where the proxy is, never none when there is one
 */
record Way(Optional<Proxy> proxy, List<InetAddress> proxyAddresses) {

  static final Way STRAIGHT = new Way(Optional.empty(), List.of());

  /** Whether the proxy is asked for whole URLs, so that it looks the name up itself. */
  static boolean isAskedForUrls(Optional<Proxy> proxy, Target target) {
    return proxy.filter(known -> known.kind() == Proxy.Kind.HTTP).isPresent() && !target.isSecure();
  }
}
