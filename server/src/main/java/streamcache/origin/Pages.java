package streamcache.origin;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.impl.ConnectionShutdownException;
import streamcache.link.Link;
import streamcache.settings.FillSettings;
import streamcache.settings.ProviderRules;

/**
 * What providers say besides films, read whole: short texts for this server itself, which no player
 * gets and no cache keeps. The rules on what may be fetched are those of films for a stranger.
 * Nothing is learned from the answers. Any thread; blocks.
 */
public final class Pages {

  private final Wire wire;
  private final FillSettings settings;
  private final String agent;
  private final InstantSource clock;

  Pages(Wire wire, FillSettings settings, String agent, InstantSource clock) {
    this.wire = wire;
    this.settings = settings;
    this.agent = agent;
    this.clock = clock;
  }

  /**
   * Asks once, following redirects. The connection is counted by nobody here.
   *
   * @param most bytes; a longer answer is Broken
   * @param within the whole of it, else Slow
   */
  public byte[] read(Link page, int most, Duration within) throws OriginException {
    Call call = new Call();
    CompletableFuture<Void> read = call.limit(within);
    try {
      Fetch fetch = fetch(page);
      Target first = Target.parse(page.url().reveal());
      HopHeaders headers = new HopHeaders(fetch, first, rules(page), agent);
      Answer answer = new Chain(wire, headers, clock, List.of(), call).follow(first);
      return body(answer, fetch, most);
    } catch (BadTarget e) {
      throw new OriginException(new Failure.Broken(OptionalInt.empty(), e.reason()));
    } catch (OriginException e) {
      throw call.ending(e);
    } catch (ConnectionShutdownException e) {
      throw call.ending(Trouble.broken("closed"));
    } finally {
      read.complete(null);
    }
  }

  private byte[] body(Answer answer, Fetch fetch, int most) throws OriginException {
    try {
      Optional<Failure> failure = StatusCheck.failure(answer, fetch, clock.instant());
      if (failure.isPresent()) {
        throw new OriginException(failure.get());
      }
      byte[] bytes = answer.body().readNBytes(most + 1);
      if (bytes.length > most) {
        throw Trouble.broken("an answer that is too long");
      }
      return bytes;
    } catch (OriginException e) {
      throw e;
    } catch (IOException e) {
      throw Trouble.reading(e);
    } finally {
      answer.line().cut();
    }
  }

  private ProviderRules.Request rules(Link page) {
    ProviderRules.Request rules =
        settings.rules(page.account().host(), page.account().port()).request();
    return new ProviderRules.Request(
        rules.agent(), rules.headers(), /* hasRanges= */ false, rules.proxy());
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
