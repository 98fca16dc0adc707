package streamcache.cluster;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.playback.Asked;
import streamcache.playback.ClientGone;
import streamcache.playback.Elsewhere;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.playback.RelayedClient;
import streamcache.playback.Request;

/**
 * Answers players whose title another node fetches: requests the same link from that node and
 * passes on what it sends. Any thread.
 */
final class Relay implements Elsewhere {

  /**
   * How long a player waits for a node that can answer, as for a provider ({@code ANSWER_WITHIN}).
   */
  private static final Duration BEFORE_THE_HEAD = Duration.ofSeconds(8);

  /** How long a player waits in the middle, as for a provider ({@code FOLLOWER_WAIT_MAX}). */
  private static final Duration IN_THE_MIDDLE = Duration.ofSeconds(60);

  /** Between two attempts while nothing has changed. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** What a node needs to know of a player's request, beside the fields of DLNA. */
  private static final Set<String> PASSED =
      Set.of(
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since",
          "if-range",
          "user-agent",
          "accept",
          "accept-language",
          "cache-control",
          "pragma");

  private static final String OF_DLNA = ".dlna.org";

  private static final Failure NO_HOME =
      new Failure.Busy(
          OptionalInt.empty(),
          "no node of the cluster can fetch this title now: too few of them see each other",
          Optional.of(Duration.ofSeconds(5)));

  private final HomesKeeper homes;
  private final RelayCalls calls;
  private final ClusterKey key;
  private final Function<Link, AccountKey> accounts;
  private final Function<Request, RelayedClient> clients;
  private final InstantSource clock;

  Relay(
      HomesKeeper homes,
      RelayCalls calls,
      ClusterKey key,
      Function<Link, AccountKey> accounts,
      Function<Request, RelayedClient> clients,
      InstantSource clock) {
    this.homes = homes;
    this.calls = calls;
    this.key = key;
    this.accounts = accounts;
    this.clients = clients;
    this.clock = clock;
  }

  @Override
  public boolean concerns(Link link) {
    return !(homes.place(accounts.apply(link)) instanceof HomePlace.Here);
  }

  @Override
  public Outcome play(Exchange exchange, Asked asked) {
    try {
      return run(exchange, accounts.apply(asked.link()));
    } catch (ClientGone e) {
      exchange.abort();
      return new Outcome.Answered();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.abort();
      return new Outcome.Answered();
    }
  }

  private Outcome run(Exchange exchange, AccountKey account)
      throws ClientGone, InterruptedException {
    BiFunction<Request, String, Headers> fields =
        (request, range) -> fields(request, range, account);
    RelayRun run = new RelayRun(exchange, calls, fields);
    calls.isRequested();
    long last = System.nanoTime();
    long sent = 0;
    while (true) {
      Duration most = run.headSent() ? IN_THE_MIDDLE : BEFORE_THE_HEAD;
      HomePlace place = homes.await(account, most.minusNanos(System.nanoTime() - last));
      if (place instanceof HomePlace.Here && !run.headSent()) {
        return new Outcome.Here();
      }
      RelayRun.Step step = step(run, place);
      if (step == RelayRun.Step.DONE) {
        return new Outcome.Answered();
      }
      if (run.sent() > sent) {
        sent = run.sent();
        last = System.nanoTime();
      }
      boolean isLate = System.nanoTime() - last >= most.toNanos();
      if (exchange.isGone() || step == RelayRun.Step.STUCK || isLate) {
        return end(exchange, run);
      }
      homes.awaitChange(PAUSE);
    }
  }

  /** A response that has begun is continued by this node, too, if it has become the home. */
  private RelayRun.Step step(RelayRun run, HomePlace place) throws ClientGone {
    return switch (place) {
      case HomePlace.Here _ -> run.from(homes.self());
      case HomePlace.There(ClusterNode node) -> run.from(node);
      case HomePlace.Unsettled _ -> RelayRun.Step.AGAIN;
    };
  }

  private static Outcome end(Exchange exchange, RelayRun run) {
    if (!run.headSent() && !exchange.isGone()) {
      return new Outcome.Refused(NO_HOME);
    }
    exchange.abort();
    return new Outcome.Answered();
  }

  private Headers fields(Request request, String range, AccountKey account) {
    RelayTicket ticket = RelayTicket.of(clients.apply(request), account, clock.millis());
    Headers passed = new Headers().add("Host", "streamcache");
    boolean isAsPlayerAsked = range.equals(request.headers().first("Range").orElse(""));
    for (Headers.Field field : request.headers().fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      boolean isCondition = name.startsWith("if-");
      if ((PASSED.contains(name) && (isAsPlayerAsked || !isCondition)) || name.endsWith(OF_DLNA)) {
        passed.add(field.name(), field.value());
      }
    }
    if (!range.isEmpty()) {
      passed.add("Range", range);
    }
    return passed
        .add("X-Request-Id", request.id())
        .add("Connection", "close")
        .add(RelayTicket.FIELD, ticket.sealed(key, request.method(), request.target(), range));
  }
}
