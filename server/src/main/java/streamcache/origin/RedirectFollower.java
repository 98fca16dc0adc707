package streamcache.origin;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hc.core5.util.Timeout;
import streamcache.link.AccountId;
import streamcache.link.HttpUrl;

/** Follows redirects from one URL to the first other response. One per fetch, on one thread. */
final class RedirectFollower {

  private static final int MOST_REDIRECTS = 10;

  /**
   * In bytes. A redirect carries a short HTML text at most; draining more is not worth a
   * connection.
   */
  private static final int SMALL_BODY = 8 * 1024;

  /** Such a text arrives with the head or not at all. */
  private static final Duration DRAIN = Duration.ofMillis(250);

  private final UpstreamTransport transport;
  private final HopHeaders headers;
  private final InstantSource clock;
  private final CookieJar jar;
  private final AccountId account;
  private final Call call;
  private final Set<String> seen = new HashSet<>();
  private int redirects;

  /**
   * @param account the account that the provider counts the connections for
   */
  RedirectFollower(
      UpstreamTransport transport,
      HopHeaders headers,
      InstantSource clock,
      List<Cookie> cookies,
      AccountId account,
      Call call) {
    this.transport = transport;
    this.headers = headers;
    this.clock = clock;
    this.jar = new CookieJar(cookies);
    this.account = account;
    this.call = call;
  }

  /** The first response that is not a redirect, whatever its status. */
  HopResponse follow(HttpUrl start) throws OriginException {
    HttpUrl hop = start;
    for (redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      // The same URL with another cookie is a provider's cookie check, not a loop.
      if (!seen.add(
          hop.scheme() + hop.authority() + hop.target() + jar.header(hop, Optional.empty()))) {
        throw broken(OptionalInt.empty(), "redirect loop");
      }
      HopResponse answer = transport.send(hop(hop));
      for (String line : answer.headers("Set-Cookie")) {
        jar.take(line, hop, clock.instant());
      }
      if (!isRedirect(answer.status())) {
        return answer;
      }
      HttpUrl next = next(answer);
      dismiss(answer, next);
      hop = next;
    }
    throw broken(OptionalInt.empty(), "too many redirects");
  }

  private Hop hop(HttpUrl to) {
    return new Hop(
        to, destination(to), headers.forHop(to, jar), account, headers.rules().proxy(), call);
  }

  /** How many redirects were followed. */
  int redirects() {
    return redirects;
  }

  List<Cookie> cookies() {
    return jar.cookies();
  }

  /** A remembered target also counts as named by a provider. */
  private Destination destination(HttpUrl hop) {
    boolean isRedirected = !isSame(hop, headers.first());
    return new Destination(
        hop.address(), hop.effectivePort(), isRedirected, headers.fetch().isTrusted());
  }

  private static boolean isSame(HttpUrl hop, HttpUrl first) {
    return hop.hasOriginOf(first)
        && hop.target().equals(first.target())
        && hop.userinfo().equals(first.userinfo());
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static HttpUrl next(HopResponse answer) throws OriginException {
    Optional<String> location = answer.header("Location");
    try {
      if (location.isPresent()) {
        return Location.resolve(answer.from(), location.get());
      }
    } catch (BadTarget e) {
      answer.connection().cut();
      throw broken(answer.statusFact(), e.reason());
    }
    answer.connection().cut();
    throw broken(answer.statusFact(), "redirect without a target");
  }

  /**
   * Keeps the connection if the next hop goes to the same origin; otherwise cuts it, since the
   * provider would count it in addition to the next one.
   */
  private static void dismiss(HopResponse answer, HttpUrl next) {
    boolean isWanted = answer.isReusable() && next.hasOriginOf(answer.from());
    if (isWanted && answer.length().orElse(Long.MAX_VALUE) <= SMALL_BODY && isDrained(answer)) {
      answer.connection().giveBack();
    } else {
      answer.connection().cut();
    }
  }

  private static boolean isDrained(HopResponse answer) {
    if (answer.length().orElse(1) == 0) {
      return true;
    }
    answer.connection().endpoint().setSocketTimeout(Timeout.of(DRAIN));
    try (InputStream body = answer.body()) {
      body.skipNBytes(answer.length().orElse(0));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static OriginException broken(OptionalInt status, String detail) {
    return new OriginException(new Failure.Broken(status, detail));
  }
}
