package streamcache.origin;

import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import streamcache.link.AccountId;
import streamcache.link.HttpUrl;
import streamcache.settings.Proxy;

/**
 * One request of a redirect chain, ready to be sent.
 *
 * @param destination the target as the address policy sees it
 * @param headers all request headers, Host included, in the order in which they are sent
 * @param account the account that the connection belongs to
 * @param proxy the proxy that the request goes through, if any
 * @param call ends the request from another thread
 */
record Hop(
    HttpUrl target,
    Destination destination,
    List<Header> headers,
    AccountId account,
    Optional<Proxy> proxy,
    Call call) {

  /** Whether the proxy receives the request target in absolute form. */
  boolean isAskedOfProxy() {
    return ProxyRoute.isAskedForUrls(proxy, target);
  }
}
