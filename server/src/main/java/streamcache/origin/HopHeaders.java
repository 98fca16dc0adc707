package streamcache.origin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import streamcache.link.HttpUrl;
import streamcache.settings.ExtraHeader;
import streamcache.settings.ProviderRules;
import streamcache.settings.Proxy;

/**
 * The request headers of one hop. Authorization and Cookie go only to the origin they are meant
 * for. The User-Agent and the other headers that the link or the provider rules name go to every
 * hop, as players send them: the host that holds the film may check its Referer.
 *
 * @param fetch the fetch that the hop is part of
 * @param first the link's own URL: credentials of the link are sent to its origin only
 * @param rules the request rules for the provider of the link
 * @param agent User-Agent if neither the link, the provider rules nor the player sets one
 */
record HopHeaders(Fetch fetch, HttpUrl first, ProviderRules.Request rules, String agent) {

  /** Headers that links may set as well, in lower case. */
  private static final Set<String> OF_LINKS =
      Set.of("referer", "origin", "authorization", "cookie");

  List<Header> forHop(HttpUrl hop, CookieJar jar) {
    Map<String, String> own = own();
    boolean isTrusted = hop.hasOriginOf(first);
    List<Header> headers = new ArrayList<>();
    headers.add(new BasicHeader("Host", hop.authority()));
    headers.add(new BasicHeader("User-Agent", userAgent(own)));
    headers.add(new BasicHeader("Accept", "*/*"));
    headers.add(new BasicHeader("Accept-Encoding", "identity"));
    if (fetch.sendsRange() && rules.hasRanges() && !fetch.link().isLive()) {
      headers.add(new BasicHeader("Range", range()));
      fetch.ifRange().ifPresent(value -> headers.add(new BasicHeader("If-Range", value)));
    }
    fetch.ifNoneMatch().ifPresent(tag -> headers.add(new BasicHeader("If-None-Match", tag)));
    if (fetch.closes()) {
      headers.add(new BasicHeader("Connection", "close"));
    }
    add(headers, "Referer", Optional.ofNullable(own.get("referer")));
    add(headers, "Origin", Optional.ofNullable(own.get("origin")));
    Map<String, String> trusted = isTrusted ? own : Map.of();
    // A redirect target may carry userinfo of its own, for its own host.
    add(headers, "Authorization", Optional.ofNullable(trusted.get("authorization")).or(hop::basic));
    add(headers, "Cookie", jar.header(hop, Optional.ofNullable(trusted.get("cookie"))));
    rules
        .proxy()
        .filter(_ -> ProxyRoute.isAskedForUrls(rules.proxy(), hop))
        .flatMap(Proxy::credentials)
        .ifPresent(user -> headers.add(new BasicHeader("Proxy-Authorization", Tunnel.basic(user))));
    for (ExtraHeader extra : rules.headers()) {
      if (!OF_LINKS.contains(extra.key())) {
        headers.removeIf(header -> header.getName().equalsIgnoreCase(extra.name()));
        headers.add(new BasicHeader(extra.name(), extra.value()));
      }
    }
    return headers;
  }

  private static void add(List<Header> headers, String name, Optional<String> value) {
    value.ifPresent(text -> headers.add(new BasicHeader(name, text)));
  }

  /** Headers of the link override those configured for its provider, as more specific. */
  private Map<String, String> own() {
    Map<String, String> own = new HashMap<>();
    for (ExtraHeader extra : rules.headers()) {
      own.put(extra.key(), extra.value());
    }
    own.putAll(fetch.link().headers());
    return own;
  }

  private String userAgent(Map<String, String> own) {
    String players = fetch.playerHeaders().getOrDefault("user-agent", agent);
    return own.getOrDefault("user-agent", rules.agent().orElse(players));
  }

  /**
   * Sent even for the whole file, since the response shows whether ranges work. Omitted only for a
   * provider that refuses requests with a range, or is set to get none, and for a live channel,
   * which some panels refuse with a range.
   */
  private String range() {
    String last = fetch.end().isPresent() ? Long.toString(fetch.end().getAsLong() - 1) : "";
    return "bytes=" + fetch.start() + "-" + last;
  }
}
