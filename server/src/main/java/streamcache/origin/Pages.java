package streamcache.origin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.ConnectionShutdownException;
import streamcache.link.HttpUrl;
import streamcache.link.Link;
import streamcache.settings.FillSettings;
import streamcache.settings.ProviderRules;

/**
 * Reads provider responses other than films, as a whole: texts for this server itself, which are
 * neither served to a player nor cached. Nothing is learned from the responses. Any thread; blocks.
 */
public final class Pages {

  /**
   * @param within time limit for the whole exchange
   */
  private record Bounds(long bytes, Duration within) {}

  /** 200,000 films take about 100 MB, and slow panels minutes to list them. */
  private static final Bounds LIST = new Bounds(1L << 30, Duration.ofMinutes(15));

  private static final int PART = 64 * 1024;

  private final UpstreamTransport transport;
  private final Supplier<FillSettings> settings;
  private final String agent;
  private final InstantSource clock;

  Pages(
      UpstreamTransport transport,
      Supplier<FillSettings> settings,
      String agent,
      InstantSource clock) {
    this.transport = transport;
    this.settings = settings;
    this.agent = agent;
    this.clock = clock;
  }

  /**
   * Sends one request and follows redirects. This class does not count the connection. The address
   * rules are those for films requested by an untrusted client.
   *
   * @param most limit in bytes; a longer response fails with Broken
   * @param within time limit for the whole exchange, after which the read fails with Slow
   * @param call ends the read from another thread
   */
  public byte[] read(Link page, int most, Duration within, Call call) throws OriginException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    copy(fetch(page, /* isTrusted= */ false), bytes, new Bounds(most, within), call);
    return bytes.toByteArray();
  }

  /**
   * As {@link #read}, for a page that the operator has named, so that private networks may be
   * reached. The limits are those of a list of everything that a provider has.
   *
   * @param to receives the bytes as they arrive, and none before the status was found good
   * @throws UncheckedIOException if {@code to} fails
   */
  public void copy(Link page, OutputStream to, Call call) throws OriginException {
    copy(fetch(page, /* isTrusted= */ true), to, LIST, call);
  }

  private void copy(Fetch fetch, OutputStream to, Bounds bounds, Call call) throws OriginException {
    Link page = fetch.link();
    CompletableFuture<Void> read = call.limit(bounds.within());
    try {
      HttpUrl first = page.url();
      HopHeaders headers = new HopHeaders(fetch, first, rules(page), agent);
      HopResponse answer =
          new RedirectFollower(transport, headers, clock, List.of(), page.account(), call)
              .follow(first);
      body(answer, fetch, to, bounds.bytes());
    } catch (OriginException e) {
      throw call.ending(e);
    } catch (ConnectionShutdownException e) {
      throw call.ending(NetworkFailures.broken("closed"));
    } finally {
      read.complete(null);
    }
  }

  private void body(HopResponse answer, Fetch fetch, OutputStream to, long most)
      throws OriginException {
    try {
      Optional<Failure> failure = StatusCheck.failure(answer, fetch, clock.instant());
      if (failure.isPresent()) {
        throw new OriginException(failure.get());
      }
      InputStream in = answer.body();
      byte[] part = new byte[PART];
      long length = 0;
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        length += read;
        if (length > most) {
          throw NetworkFailures.broken("answer too long");
        }
        write(to, part, read);
      }
    } catch (OriginException e) {
      throw e;
    } catch (IOException e) {
      throw NetworkFailures.reading(e);
    } finally {
      answer.connection().cut();
    }
  }

  private static void write(OutputStream to, byte[] part, int length) {
    try {
      to.write(part, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProviderRules.Request rules(Link page) {
    ProviderRules.Request rules =
        settings.get().rules(page.account().host(), page.account().port()).request();
    return new ProviderRules.Request(
        rules.agent(),
        rules.headers(),
        /* hasRanges= */ false,
        OptionalLong.empty(),
        rules.proxy());
  }

  private static Fetch fetch(Link page, boolean isTrusted) {
    return new Fetch(
        page,
        /* start= */ 0,
        OptionalLong.empty(),
        Optional.empty(),
        Map.of(),
        isTrusted,
        /* closes= */ true);
  }
}
