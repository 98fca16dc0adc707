package streamcache.origin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * The headers of one hop. What identifies the viewer or the account goes to the origin it was meant
 * for and nowhere else.
 *
 * @param fetch what is asked for
 * @param first the link's own URL: credentials of the link belong to its origin
 * @param agent User-Agent when neither link nor player brings one
 */
record HopHeaders(Fetch fetch, Target first, String agent) {

  List<Header> forHop(Target hop, CookieJar jar) {
    Map<String, String> own = fetch.link().headers();
    boolean isTrusted = hop.hasOriginOf(first);
    List<Header> headers = new ArrayList<>();
    headers.add(new BasicHeader("Host", hop.authority()));
    headers.add(new BasicHeader("User-Agent", userAgent(own)));
    headers.add(new BasicHeader("Accept", "*/*"));
    headers.add(new BasicHeader("Accept-Encoding", "identity"));
    headers.add(new BasicHeader("Range", range()));
    fetch.ifRange().ifPresent(value -> headers.add(new BasicHeader("If-Range", value)));
    Map<String, String> trusted = isTrusted ? own : Map.of();
    if (fetch.closes()) {
      headers.add(new BasicHeader("Connection", "close"));
    }
    add(headers, "Referer", Optional.ofNullable(trusted.get("referer")));
    add(headers, "Origin", Optional.ofNullable(trusted.get("origin")));
    add(
        headers,
        "Authorization",
        Optional.ofNullable(trusted.get("authorization")).or(() -> basic(hop)));
    add(headers, "Cookie", jar.header(hop, Optional.ofNullable(trusted.get("cookie"))));
    return headers;
  }

  private static void add(List<Header> headers, String name, Optional<String> value) {
    value.ifPresent(text -> headers.add(new BasicHeader(name, text)));
  }

  private String userAgent(Map<String, String> own) {
    String players = fetch.playerHeaders().getOrDefault("user-agent", agent);
    return own.getOrDefault("user-agent", players);
  }

  /** Always sent, also for the whole file: the answer tells whether ranges work. */
  private String range() {
    String last = fetch.end().isPresent() ? Long.toString(fetch.end().getAsLong() - 1) : "";
    return "bytes=" + fetch.start() + "-" + last;
  }

  /** A redirect may name a user of its own, for its own host. */
  private static Optional<String> basic(Target hop) {
    return hop.userinfo()
        .map(Target::unescaped)
        .map(user -> user.getBytes(StandardCharsets.UTF_8))
        .map(user -> "Basic " + Base64.getEncoder().encodeToString(user));
  }
}
