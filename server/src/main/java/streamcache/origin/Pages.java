package streamcache.origin;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.impl.ConnectionShutdownException;
import streamcache.link.HttpUrl;
import streamcache.link.Link;
import streamcache.settings.FillSettings;
import streamcache.settings.ProviderRules;

/**
 * Reads provider responses other than films, as a whole: short texts for this server itself, which
 * are neither served to a player nor cached. The address rules are those for films requested by an
 * untrusted client. Nothing is learned from the responses. Any thread; blocks.
 */
public final class Pages {

  private final UpstreamTransport transport;
  private final FillSettings settings;
  private final String agent;
  private final InstantSource clock;

  Pages(UpstreamTransport transport, FillSettings settings, String agent, InstantSource clock) {
    this.transport = transport;
    this.settings = settings;
    this.agent = agent;
    this.clock = clock;
  }

  /**
   * Sends one request and follows redirects. This class does not count the connection.
   *
   * @param most limit in bytes; a longer response fails with Broken
   * @param within time limit for the whole exchange, after which the read fails with Slow
   * @param call ends the read from another thread
   */
  public byte[] read(Link page, int most, Duration within, Call call) throws OriginException {
    CompletableFuture<Void> read = call.limit(within);
    try {
      Fetch fetch = fetch(page);
      HttpUrl first = page.url();
      HopHeaders headers = new HopHeaders(fetch, first, rules(page), agent);
      HopResponse answer =
          new RedirectFollower(transport, headers, clock, List.of(), page.account(), call)
              .follow(first);
      return body(answer, fetch, most);
    } catch (OriginException e) {
      throw call.ending(e);
    } catch (ConnectionShutdownException e) {
      throw call.ending(NetworkFailures.broken("closed"));
    } finally {
      read.complete(null);
    }
  }

  private byte[] body(HopResponse answer, Fetch fetch, int most) throws OriginException {
    try {
      Optional<Failure> failure = StatusCheck.failure(answer, fetch, clock.instant());
      if (failure.isPresent()) {
        throw new OriginException(failure.get());
      }
      byte[] bytes = answer.body().readNBytes(most + 1);
      if (bytes.length > most) {
        throw NetworkFailures.broken("answer too long");
      }
      return bytes;
    } catch (OriginException e) {
      throw e;
    } catch (IOException e) {
      throw NetworkFailures.reading(e);
    } finally {
      answer.connection().cut();
    }
  }

  private ProviderRules.Request rules(Link page) {
    ProviderRules.Request rules =
        settings.rules(page.account().host(), page.account().port()).request();
    return new ProviderRules.Request(
        rules.agent(),
        rules.headers(),
        /* hasRanges= */ false,
        OptionalLong.empty(),
        rules.proxy());
  }

  private static Fetch fetch(Link page) {
    return new Fetch(
        page,
        /* start= */ 0,
        OptionalLong.empty(),
        Optional.empty(),
        Map.of(),
        /* isTrusted= */ false,
        /* closes= */ true);
  }
}
