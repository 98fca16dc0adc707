package streamcache.origin;

import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import streamcache.link.AccountId;
import streamcache.settings.Proxy;

/**
 * One request of a redirect chain, ready to be sent.
 *
 * @param destination the target as the address policy sees it
 * @param headers all of them, Host included, in the order they are sent
 * @param account whose connection it is
 * @param proxy what it goes through, if anything
 * @param call ends it from another thread
 */
record Hop(
    Target target,
    Destination destination,
    List<Header> headers,
    AccountId account,
    Optional<Proxy> proxy,
    Call call) {

  /** Whether the proxy is asked for whole URLs. */
  boolean isAskedOfProxy() {
    return Way.isAskedForUrls(proxy, target);
  }
}
