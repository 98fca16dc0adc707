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

/** Follows redirects from one URL to the first answer that is none. One a fetch, one thread. */
final class Chain {

  private static final int MOST_REDIRECTS = 10;

  /** Redirects carry a sentence in HTML at most; more is not worth reading for a connection. */
  private static final int SMALL_BODY = 8 * 1024;

  /** Such a sentence comes with the head or not at all. */
  private static final Duration DRAIN = Duration.ofMillis(250);

  private final Wire wire;
  private final HopHeaders headers;
  private final InstantSource clock;
  private final CookieJar jar;
  private final Call call;
  private final Set<String> seen = new HashSet<>();

  Chain(Wire wire, HopHeaders headers, InstantSource clock, List<Cookie> cookies, Call call) {
    this.wire = wire;
    this.headers = headers;
    this.clock = clock;
    this.jar = new CookieJar(cookies);
    this.call = call;
  }

  /** The first answer that is no redirect, whatever its status. */
  Answer follow(Target start) throws OriginException {
    Target hop = start;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      // The same URL with another cookie is a provider's cookie check, not a loop.
      if (!seen.add(
          hop.scheme() + hop.authority() + hop.path() + jar.header(hop, Optional.empty()))) {
        throw broken(OptionalInt.empty(), "redirect loop");
      }
      Answer answer = wire.send(hop(hop));
      for (String line : answer.headers("Set-Cookie")) {
        jar.take(line, hop, clock.instant());
      }
      if (!isRedirect(answer.status())) {
        return answer;
      }
      Target next = next(answer);
      dismiss(answer, next);
      hop = next;
    }
    throw broken(OptionalInt.empty(), "too many redirects");
  }

  private Hop hop(Target to) {
    return new Hop(
        to,
        destination(to),
        headers.forHop(to, jar),
        headers.fetch().link().account(),
        headers.rules().proxy(),
        call);
  }

  List<Cookie> cookies() {
    return jar.cookies();
  }

  /** Also a remembered target is one that a provider has named. */
  private Destination destination(Target hop) {
    boolean isRedirected = !hop.equals(headers.first());
    return new Destination(hop.host(), hop.port(), isRedirected, headers.fetch().isTrusted());
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static Target next(Answer answer) throws OriginException {
    Optional<String> location = answer.header("Location");
    try {
      if (location.isPresent()) {
        return answer.from().resolve(location.get());
      }
    } catch (BadTarget e) {
      answer.line().cut();
      throw broken(answer.statusFact(), e.reason());
    }
    answer.line().cut();
    throw broken(answer.statusFact(), "redirect to nowhere");
  }

  /** Keeps the connection for a next hop to the same place; else it would count as one too many. */
  private static void dismiss(Answer answer, Target next) {
    boolean isWanted = answer.isReusable() && next.hasOriginOf(answer.from());
    if (isWanted && answer.length().orElse(Long.MAX_VALUE) <= SMALL_BODY && isDrained(answer)) {
      answer.line().giveBack();
    } else {
      answer.line().cut();
    }
  }

  private static boolean isDrained(Answer answer) {
    if (answer.length().orElse(1) == 0) {
      return true;
    }
    answer.line().endpoint().setSocketTimeout(Timeout.of(DRAIN));
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
