package streamcache.origin;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.Header;
import streamcache.link.Link;
import streamcache.link.Secrets;
import streamcache.settings.FillSettings;

/**
 * Requests the first byte of a film as a play would, to show the operator the head of the response.
 * Nothing is learned from it. Any thread; blocks.
 */
public final class LinkProbe {

  private static final Duration WITHIN = Duration.ofSeconds(20);

  /** What is shown of a response; other fields may hold tokens that nothing reveals as such. */
  private static final Set<String> SHOWN =
      Set.of(
          "accept-ranges",
          "age",
          "cache-control",
          "connection",
          "content-disposition",
          "content-encoding",
          "content-length",
          "content-range",
          "content-type",
          "date",
          "etag",
          "expires",
          "last-modified",
          "retry-after",
          "server",
          "transfer-encoding",
          "vary",
          "via");

  private final UpstreamTransport transport;
  private final FillSettings settings;
  private final String agent;
  private final InstantSource clock;

  LinkProbe(UpstreamTransport transport, FillSettings settings, String agent, InstantSource clock) {
    this.transport = transport;
    this.settings = settings;
    this.agent = agent;
    this.clock = clock;
  }

  /**
   * The head of the last response.
   *
   * @param redirects how many were followed
   * @param host that answered, with its secrets hidden
   * @param fields in their order
   * @param failure what the status means; empty if the body may be the film
   */
  public record Head(
      int status, int redirects, String host, List<Field> fields, Optional<Failure> failure) {
    public Head {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A field of a response.
   *
   * @param value empty if it may not be shown
   */
  public record Field(String name, Optional<String> value) {}

  /**
   * Sends the request and follows redirects. This class does not count the connection. Private
   * networks may be reached, since the operator has named the link.
   *
   * @param call ends it from another thread
   * @throws OriginException if there is no response, or a redirect cannot be followed
   */
  public Head ask(Link link, Call call) throws OriginException {
    CompletableFuture<Void> end = call.limit(WITHIN);
    try {
      Fetch fetch = fetch(link);
      RedirectFollower follower =
          new RedirectFollower(
              transport,
              new HopHeaders(
                  fetch,
                  link.url(),
                  settings.rules(link.account().host(), link.account().port()).request(),
                  agent),
              clock,
              List.of(),
              link.account(),
              call);
      HopResponse answer = follower.follow(link.url());
      answer.connection().cut();
      return new Head(
          answer.status(),
          follower.redirects(),
          link.secrets().shownHost(answer.from().host()),
          fields(answer, link.secrets()),
          StatusCheck.failure(answer, fetch, clock.instant()));
    } catch (OriginException e) {
      throw call.ending(e);
    } finally {
      end.complete(null);
    }
  }

  private static Fetch fetch(Link link) {
    return new Fetch(
        link,
        /* start= */ 0,
        OptionalLong.of(1),
        Optional.empty(),
        Map.of(),
        /* isTrusted= */ true,
        /* closes= */ true);
  }

  private static List<Field> fields(HopResponse answer, Secrets secrets) {
    List<Field> fields = new ArrayList<>();
    for (Header header : answer.response().getHeaders()) {
      String value = header.getValue();
      boolean isShown =
          SHOWN.contains(header.getName().toLowerCase(Locale.ROOT)) && secrets.mayShow(value);
      fields.add(new Field(header.getName(), isShown ? Optional.of(value) : Optional.empty()));
    }
    return fields;
  }
}
