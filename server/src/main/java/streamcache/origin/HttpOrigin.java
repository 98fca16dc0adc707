package streamcache.origin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hc.client5.http.impl.ConnectionShutdownException;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.settings.FillSettings;
import streamcache.settings.ProviderRules;

/**
 * Providers over HTTP/1.1. One for the process; each call runs on its connection's thread and
 * shares nothing with others but the idle connections and what redirects led to.
 */
public final class HttpOrigin implements Origin, AutoCloseable {

  private final FillSettings settings;
  private final Timeouts timeouts;
  private final Wire wire;
  private final String agent;
  private final HabitBook habits;
  private final Lessons lessons;
  private final Resolutions resolutions = new Resolutions();
  private final ConcurrentMap<AccountId, ProviderRules> rules = new ConcurrentHashMap<>();

  /**
   * @param agent User-Agent when neither link nor player brings one
   */
  public HttpOrigin(FillSettings settings, AddressPolicy policy, String agent) {
    this(settings, policy, agent, HabitBook.inMemory(InstantSource.system()));
  }

  /**
   * @param agent User-Agent when neither link nor player brings one
   * @param habits what is known of providers; added to here
   */
  public HttpOrigin(FillSettings settings, AddressPolicy policy, String agent, HabitBook habits) {
    this(settings, new Network(policy, Resolver.SYSTEM, Timeouts.USUAL), agent, habits);
  }

  HttpOrigin(FillSettings settings, Network network, String agent, HabitBook habits) {
    this.settings = settings;
    this.habits = habits;
    this.lessons = new Lessons(habits);
    this.timeouts = network.timeouts();
    this.wire = new Wire(network, settings::verifiesTls);
    this.agent = agent;
  }

  @Override
  public Upstream open(Fetch fetch, Call call) throws OriginException {
    CompletableFuture<Void> opened = call.limit(timeouts.open());
    try {
      HttpUpstream upstream = find(new Ask(fetch, first(fetch), call));
      call.check(upstream);
      return upstream;
    } catch (OriginException e) {
      throw call.ending(e);
    } catch (ConnectionShutdownException e) {
      // The library's word for a connection that was cut from another thread between two steps.
      throw call.ending(Trouble.broken("closed"));
    } finally {
      opened.complete(null);
    }
  }

  /** What providers say besides films. */
  public Pages pages() {
    return new Pages(wire, settings, agent, habits::now);
  }

  /** Cuts idle connections; those in use end with their upstreams. */
  @Override
  public void close() {
    wire.close();
  }

  private HttpUpstream find(Ask ask) throws OriginException {
    Optional<Resolved> known = resolutions.find(ask.key(), habits.now());
    return known.isEmpty() ? resolve(ask) : openAgain(ask, known.get());
  }

  private HttpUpstream openAgain(Ask ask, Resolved known) throws OriginException {
    TitleKey key = ask.key();
    try {
      Chain chain = chain(ask, known.cookies());
      HttpUpstream upstream = checked(chain.follow(known.target()), ask.fetch());
      resolutions.servedAgain(key, known);
      return upstream;
    } catch (OriginException e) {
      if (ask.call().isOver() || !mayBeStale(e.failure())) {
        throw e;
      }
      resolutions.forget(key, known);
      HttpUpstream upstream = resolve(ask);
      if (known.hasServedAgain() && isRefusal(e.failure())) {
        lessons.redirectDied(ask.account(), Duration.between(known.since(), habits.now()));
        resolutions
            .find(key, habits.now())
            .ifPresent(fresh -> remember(ask, fresh.target(), fresh.cookies()));
      }
      if (!known.hasServedAgain() && isRefusal(e.failure())) {
        lessons.handedOutOnce(ask.account());
        resolutions.find(key, habits.now()).ifPresent(fresh -> resolutions.forget(key, fresh));
      }
      return upstream;
    }
  }

  private HttpUpstream resolve(Ask ask) throws OriginException {
    Chain chain = chain(ask, List.of());
    Answer answer = chain.follow(ask.first());
    HttpUpstream upstream = checked(answer, ask.fetch());
    if (!answer.from().equals(ask.first())) {
      remember(ask, answer.from(), chain.cookies());
    }
    return upstream;
  }

  private void remember(Ask ask, Target target, List<Cookie> cookies) {
    Habits.Redirects known = habits.of(ask.account()).redirects();
    if (!known.isOneTime()) {
      Instant now = habits.now();
      Instant until = now.plus(Lessons.lifeOfRedirects(known, settings.resolveTtl()));
      resolutions.remember(ask.key(), new Resolved(target, cookies, now, until, false));
    }
  }

  private Chain chain(Ask ask, List<Cookie> cookies) {
    ProviderRules rules = rules(ask.account());
    HopHeaders headers = new HopHeaders(ask.fetch(), ask.first(), rules.request(), agent);
    return new Chain(wire, headers, habits::now, cookies, ask.call());
  }

  private ProviderRules rules(AccountId account) {
    return rules.computeIfAbsent(account, id -> settings.rules(id.host(), id.port()));
  }

  /** The body of a good answer; every other one ends here, with its connection. */
  private HttpUpstream checked(Answer answer, Fetch fetch) throws OriginException {
    boolean isGood = false;
    try {
      Optional<Failure> failure = StatusCheck.failure(answer, fetch, habits.now());
      lessons.answered(fetch, answer.status(), failure);
      if (failure.isPresent()) {
        throw new OriginException(failure.get());
      }
      Placement placement = Placement.of(answer, fetch);
      HttpUpstream upstream = new HttpUpstream(answer, placement, facts(answer, placement));
      Optional<String> objection = FilmCheck.objection(answer, placement, fetch, upstream);
      if (objection.isPresent()) {
        throw new OriginException(new Failure.Fake(answer.statusFact(), objection.get()));
      }
      isGood = true;
      return upstream;
    } finally {
      if (!isGood) {
        answer.line().cut();
      }
    }
  }

  private static Facts facts(Answer answer, Placement placement) {
    boolean isOffered =
        answer.headers("Accept-Ranges").stream().anyMatch(unit -> unit.equalsIgnoreCase("bytes"));
    return new Facts(
        placement.total(),
        answer.header("ETag").filter(tag -> tag.matches("\"[^\"]*\"")),
        answer.header("Last-Modified"),
        answer.header("Content-Type"),
        answer.header("Content-Disposition"),
        answer.status() == 206 || isOffered,
        answer.from().host());
  }

  private static Target first(Fetch fetch) throws OriginException {
    try {
      return Target.parse(fetch.link().url().reveal());
    } catch (BadTarget e) {
      throw new OriginException(new Failure.Broken(OptionalInt.empty(), e.reason()));
    }
  }

  /** Whether another address from the provider could do better than the remembered one. */
  private static boolean mayBeStale(Failure failure) {
    return switch (failure) {
      case Failure.Gone _,
          Failure.Denied _,
          Failure.Busy _,
          Failure.Broken _,
          Failure.Unreachable _,
          Failure.Slow _,
          Failure.Fake _ ->
          true;
      // Asking again would make a limit worse, and the others are about the file or about us.
      case Failure.Limit _, Failure.OutOfRange _, Failure.Changed _, Failure.Forbidden _ -> false;
    };
  }

  /** One fetch on its way through the methods above. */
  private record Ask(Fetch fetch, Target first, Call call) {

    AccountId account() {
      return fetch.link().account();
    }

    TitleKey key() {
      return fetch.link().key();
    }
  }

  private static boolean isRefusal(Failure failure) {
    int status = failure.upstreamStatus().orElse(0);
    return status >= 400 && status < 500;
  }
}
