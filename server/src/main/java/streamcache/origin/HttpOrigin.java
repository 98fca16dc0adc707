package streamcache.origin;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import streamcache.link.TitleKey;
import streamcache.settings.FillSettings;

/**
 * Providers over HTTP/1.1. One for the process; each call runs on its connection's thread and
 * shares nothing with others but the idle connections and what redirects led to.
 */
public final class HttpOrigin implements Origin, AutoCloseable {

  private final FillSettings settings;
  private final Wire wire;
  private final String agent;
  private final InstantSource clock;
  private final Resolutions resolutions = new Resolutions();

  /**
   * @param agent User-Agent when neither link nor player brings one
   */
  public HttpOrigin(FillSettings settings, AddressPolicy policy, String agent) {
    this(settings, policy, agent, Timeouts.USUAL, InstantSource.system());
  }

  HttpOrigin(
      FillSettings settings,
      AddressPolicy policy,
      String agent,
      Timeouts timeouts,
      InstantSource clock) {
    this.settings = settings;
    this.wire = new Wire(policy, timeouts, settings.verifyTls());
    this.agent = agent;
    this.clock = clock;
  }

  @Override
  public Upstream open(Fetch fetch) throws OriginException {
    Target first = first(fetch);
    TitleKey key = fetch.link().key();
    Optional<Resolved> known = resolutions.find(key, clock.instant());
    return known.isEmpty() ? resolve(fetch, first) : openAgain(fetch, first, known.get());
  }

  /** Cuts idle connections; those in use end with their upstreams. */
  @Override
  public void close() {
    wire.close();
  }

  private Upstream openAgain(Fetch fetch, Target first, Resolved known) throws OriginException {
    TitleKey key = fetch.link().key();
    try {
      Chain chain = chain(fetch, first, known.cookies());
      Upstream upstream = checked(chain.follow(known.target()), fetch);
      resolutions.servedAgain(key, known);
      return upstream;
    } catch (OriginException e) {
      if (!mayBeStale(e.failure())) {
        throw e;
      }
      resolutions.forget(key, known);
      Upstream upstream = resolve(fetch, first);
      if (!known.hasServedAgain() && isRefusal(e.failure())) {
        resolutions.learnOneTime(first.host());
        resolutions.find(key, clock.instant()).ifPresent(fresh -> resolutions.forget(key, fresh));
      }
      return upstream;
    }
  }

  private Upstream resolve(Fetch fetch, Target first) throws OriginException {
    Chain chain = chain(fetch, first, List.of());
    Answer answer = chain.follow(first);
    Upstream upstream = checked(answer, fetch);
    if (!answer.from().equals(first)) {
      Resolved resolved =
          new Resolved(
              answer.from(), chain.cookies(), clock.instant().plus(settings.resolveTtl()), false);
      resolutions.remember(fetch.link().key(), first.host(), resolved);
    }
    return upstream;
  }

  private Chain chain(Fetch fetch, Target first, List<Cookie> cookies) {
    return new Chain(wire, new HopHeaders(fetch, first, agent), clock, cookies);
  }

  /** The body of a good answer; every other one ends here, with its connection. */
  private Upstream checked(Answer answer, Fetch fetch) throws OriginException {
    boolean isGood = false;
    try {
      Optional<Failure> failure = StatusCheck.failure(answer, fetch, clock.instant());
      if (failure.isPresent()) {
        throw new OriginException(failure.get());
      }
      Placement placement = Placement.of(answer, fetch);
      HttpUpstream upstream = new HttpUpstream(answer, placement, facts(answer, placement));
      Optional<String> objection = FilmCheck.objection(answer, placement, upstream);
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

  private static boolean isRefusal(Failure failure) {
    int status = failure.upstreamStatus().orElse(0);
    return status >= 400 && status < 500;
  }
}
