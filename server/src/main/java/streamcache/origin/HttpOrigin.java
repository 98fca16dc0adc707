package streamcache.origin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.impl.ConnectionShutdownException;
import streamcache.link.AccountId;
import streamcache.link.HttpUrl;
import streamcache.link.TitleKey;
import streamcache.settings.FillSettings;
import streamcache.settings.ProviderRules;

/**
 * Fetches from providers over HTTP/1.1. One per process. Each call runs on its connection's thread
 * and shares with others only the idle connections, the remembered redirect targets and the
 * provider profiles.
 */
public final class HttpOrigin implements Origin, AutoCloseable {

  private static final int PARTIAL = 206;
  private static final int NOT_MODIFIED = 304;
  private static final int PRECONDITION_FAILED = 412;

  private volatile FillSettings settings;
  private final Timeouts timeouts;
  private final UpstreamTransport transport;
  private final String agent;
  private final ProviderProfiles profiles;
  private final ProfileUpdates updates;
  private final AccountNames names;
  private final Resolutions resolutions = new Resolutions();

  /**
   * @param agent User-Agent if neither the link, the provider rules nor the player sets one
   */
  public HttpOrigin(FillSettings settings, AddressPolicy policy, String agent) {
    this(settings, policy, agent, ProviderProfiles.inMemory(InstantSource.system()));
  }

  /**
   * @param agent User-Agent if neither the link, the provider rules nor the player sets one
   * @param profiles what is known about providers; this class adds to it
   */
  public HttpOrigin(
      FillSettings settings, AddressPolicy policy, String agent, ProviderProfiles profiles) {
    this(
        settings,
        new Network(policy, Resolver.SYSTEM, Timeouts.of(settings.firstByteWithin())),
        agent,
        profiles);
  }

  HttpOrigin(FillSettings settings, Network network, String agent, ProviderProfiles profiles) {
    this.settings = settings;
    this.profiles = profiles;
    this.names = new AccountNames(settings.providers(), profiles);
    this.updates = new ProfileUpdates(profiles);
    this.timeouts = network.timeouts();
    this.transport = new UpstreamTransport(network, tlsCheck(settings));
    this.agent = agent;
  }

  @Override
  public Upstream open(Fetch fetch, Call call) throws OriginException {
    OptionalLong size =
        fetch.sendsRange()
            ? rules(fetch.link().account()).request().rangeSize()
            : OptionalLong.empty();
    Fetch first = size.isPresent() ? ClosedRanges.first(fetch, size.getAsLong()) : fetch;
    return first.equals(fetch)
        ? opened(fetch, call, ask -> Optional.of(findWithTotal(ask))).orElseThrow()
        : ClosedRanges.from(found(first, call), fetch, size.getAsLong(), this::found);
  }

  @Override
  public Optional<Upstream> openIfChanged(Fetch fetch, Call call) throws OriginException {
    return opened(fetch, call, ask -> resolve(ask, cookies(ask)));
  }

  private Upstream found(Fetch fetch, Call call) throws OriginException {
    return opened(fetch, call, ask -> Optional.of(find(ask))).orElseThrow();
  }

  private Optional<Upstream> opened(Fetch fetch, Call call, Step step) throws OriginException {
    CompletableFuture<Void> opened = call.limit(timeouts.open());
    try {
      Ask ask = new Ask(fetch, fetch.link().url(), call, OptionalLong.empty(), System.nanoTime());
      Optional<HttpUpstream> upstream = step.take(ask);
      if (upstream.isPresent()) {
        call.check(upstream.get());
      }
      return upstream.map(answer -> answer);
    } catch (OriginException e) {
      boolean isUnverified = fetch.link().isUnverified() && NetworkFailures.isOfCertificate(e);
      throw call.ending(isUnverified ? NetworkFailures.unverified(e) : e);
    } catch (ConnectionShutdownException e) {
      // The library throws this if another thread cut the connection between two steps.
      throw call.ending(NetworkFailures.broken("closed"));
    } finally {
      opened.complete(null);
    }
  }

  /** Returns a reader for provider responses other than films. */
  public Pages pages() {
    return new Pages(transport, () -> settings, agent, profiles::now);
  }

  /**
   * Puts other settings into effect for the next requests.
   *
   * @param changed differs only in what {@code RunTimeSettings} lists
   */
  public void change(FillSettings changed) {
    settings = changed;
  }

  /** Requests the heads of films for the operator; see {@link LinkProbe}. */
  public LinkProbe probe() {
    return new LinkProbe(transport, settings, agent, profiles::now);
  }

  /** Closes the connections that are kept for later requests; providers count them. */
  public void closeIdle() {
    transport.closeIdle();
  }

  /** Cuts all connections, idle or in use. */
  @Override
  public void close() {
    transport.close();
  }

  /**
   * A part that does not state its place does not tell the length of the file either, without which
   * no player can seek. What an open range from the start brings is the whole, so its length does:
   * of it, as much is read as was requested.
   */
  private HttpUpstream findWithTotal(Ask ask) throws OriginException {
    HttpUpstream upstream = find(ask);
    if (ask.fetch().start() > 0 || !upstream.hidesTotal()) {
      return upstream;
    }
    upstream.finish();
    return find(ask.toTheEnd());
  }

  private HttpUpstream find(Ask ask) throws OriginException {
    Optional<Resolved> known = resolutions.find(ask.key());
    if (known.isEmpty()) {
      return resolveWithoutCookies(ask);
    }
    return known.get().isReusable(profiles.now())
        ? openAgain(ask, known.get())
        : resolveAgain(ask, known.get());
  }

  private HttpUpstream openAgain(Ask ask, Resolved known) throws OriginException {
    TitleKey key = ask.key();
    try {
      RedirectFollower redirects = chain(ask, known.cookies());
      HttpUpstream upstream = checked(redirects.follow(known.target()), ask);
      resolutions.servedAgain(key, known, redirects.cookies());
      return upstream;
    } catch (OriginException e) {
      if (ask.call().isOver() || !mayBeStale(e.failure())) {
        throw e;
      }
      HttpUpstream upstream = resolveAgain(ask, known);
      if (known.hasServedAgain() && isRefusal(e.failure())) {
        updates.redirectDied(ask.account(), Duration.between(known.since(), profiles.now()));
      }
      if (!known.hasServedAgain() && isRefusal(e.failure())) {
        updates.handedOutOnce(ask.account());
      }
      // With the life that was just learned.
      resolutions.find(key).ifPresent(fresh -> remember(ask, fresh.target(), fresh.cookies()));
      return upstream;
    }
  }

  /**
   * Follows the redirects again, with the cookies that were set for the title: a provider may
   * refuse any further range without them. If it refuses the cookies, they are dropped.
   */
  private HttpUpstream resolveAgain(Ask ask, Resolved known) throws OriginException {
    if (known.cookies().isEmpty()) {
      resolutions.forget(ask.key(), known);
      return resolveForBytes(ask);
    }
    try {
      return resolve(ask, known.cookies()).orElseThrow();
    } catch (OriginException e) {
      boolean isOfLimit = e.failure() instanceof Failure.Limit;
      if (ask.call().isOver() || isOfLimit || !isRefusal(e.failure())) {
        throw e;
      }
      resolutions.forget(ask.key(), known);
      return resolveForBytes(ask);
    }
  }

  /**
   * Some providers set a cookie with the beginning of a file and refuse any other range without it.
   * After a restart the cookie is not known, so the beginning is requested again.
   */
  private HttpUpstream resolveWithoutCookies(Ask ask) throws OriginException {
    try {
      return resolveForBytes(ask);
    } catch (OriginException e) {
      boolean mayLackCookie =
          ask.fetch().expectedStart() > 0
              && e.failure().upstreamStatus().equals(OptionalInt.of(PRECONDITION_FAILED));
      if (ask.call().isOver() || !mayLackCookie) {
        throw e;
      }
      resolveForBytes(ask.forFirstByte()).finish();
      List<Cookie> cookies = cookies(ask);
      if (cookies.isEmpty()) {
        throw e;
      }
      return resolve(ask, cookies).orElseThrow();
    }
  }

  private List<Cookie> cookies(Ask ask) {
    return resolutions.find(ask.key()).map(Resolved::cookies).orElse(List.of());
  }

  /** For a fetch without If-None-Match, which always yields a body. */
  private HttpUpstream resolveForBytes(Ask ask) throws OriginException {
    return resolve(ask, List.of()).orElseThrow();
  }

  /** Empty if the provider still has the file named by the If-None-Match of the fetch. */
  private Optional<HttpUpstream> resolve(Ask ask, List<Cookie> cookies) throws OriginException {
    RedirectFollower redirects = chain(ask, cookies);
    HopResponse answer = redirects.follow(ask.first());
    if (answer.status() == NOT_MODIFIED && ask.fetch().ifNoneMatch().isPresent()) {
      dismissed(answer);
      return Optional.empty();
    }
    HttpUpstream upstream = checked(answer, ask);
    if (!answer.from().equals(ask.first())) {
      names.served(ask.fetch().link(), answer.from());
    }
    remember(ask, answer.from(), redirects.cookies());
    return Optional.of(upstream);
  }

  /** A 304 has no body, so the connection may be kept for the next request. */
  private static void dismissed(HopResponse answer) {
    if (answer.isReusable()) {
      answer.connection().giveBack();
    } else {
      answer.connection().cut();
    }
  }

  private void remember(Ask ask, HttpUrl target, List<Cookie> cookies) {
    // A target remembered before this request may lead to the previous file.
    resolutions.find(ask.key()).ifPresent(old -> resolutions.forget(ask.key(), old));
    ProviderProfile.Redirects known = profiles.of(ask.account()).redirects();
    boolean isReusable = !target.equals(ask.first()) && !known.isOneTime();
    if (isReusable || !cookies.isEmpty()) {
      Instant now = profiles.now();
      Instant until =
          isReusable ? now.plus(ProfileUpdates.lifeOfRedirects(known, settings.resolveTtl())) : now;
      resolutions.remember(ask.key(), new Resolved(target, cookies, now, until, false));
    }
  }

  private RedirectFollower chain(Ask ask, List<Cookie> cookies) {
    ProviderRules rules = rules(ask.account());
    HopHeaders headers = new HopHeaders(ask.fetch(), ask.first(), rules.request(), agent);
    Instant now = profiles.now();
    List<Cookie> live = cookies.stream().filter(cookie -> cookie.isLive(now)).toList();
    return new RedirectFollower(
        transport, headers, profiles::now, live, names.of(ask.account()), ask.call());
  }

  private static TlsCheck tlsCheck(FillSettings settings) {
    return new TlsCheck() {
      @Override
      public boolean isWanted(String host, int port) {
        return settings.verifiesTls(host, port);
      }

      @Override
      public boolean mayBeLegacy(String host, int port) {
        return settings.providers().permitsLegacyTls(host, port);
      }
    };
  }

  private ProviderRules rules(AccountId account) {
    return settings.rules(account.host(), account.port());
  }

  /** Returns the body of a good response; for any other, cuts the connection and throws. */
  private HttpUpstream checked(HopResponse answer, Ask ask) throws OriginException {
    Fetch fetch = ask.fetch();
    boolean isGood = false;
    try {
      Optional<Failure> failure = StatusCheck.failure(answer, fetch, profiles.now());
      if (failure.isPresent()) {
        updates.refused(fetch, answer.status(), failure.get());
        throw new OriginException(failure.get());
      }
      Placement placement = Placement.of(answer, fetch);
      boolean isPart = answer.status() == PARTIAL || placement.start() > 0;
      updates.answered(fetch, isPart);
      boolean mayHaveRanges = fetch.sendsRange() && rules(ask.account()).request().hasRanges();
      Facts facts = facts(answer, placement, mayHaveRanges);
      RangeMeter meter = new RangeMeter(fetch, isPart, ask.begun(), updates);
      HttpUpstream upstream =
          new HttpUpstream(answer, placement, facts, timeouts.betweenBytes(facts.ranges()), meter);
      ask.most().ifPresent(upstream::limit);
      Optional<String> objection = FilmCheck.objection(answer, placement, fetch, upstream);
      if (objection.isPresent()) {
        throw new OriginException(new Failure.Fake(answer.statusFact(), objection.get()));
      }
      upstream.begins();
      isGood = true;
      return upstream;
    } finally {
      if (!isGood) {
        answer.connection().cut();
      }
    }
  }

  /**
   * @param mayHaveRanges whether ranges can be requested
   */
  private static Facts facts(HopResponse answer, Placement placement, boolean mayHaveRanges) {
    boolean isOffered =
        answer.headers("Accept-Ranges").stream().anyMatch(unit -> unit.equalsIgnoreCase("bytes"));
    return new Facts(
        placement.total(),
        answer.header("ETag").filter(tag -> tag.matches("\"[^\"]*\"")),
        answer.header("Last-Modified"),
        answer.header("Content-Type"),
        answer.header("Content-Disposition"),
        mayHaveRanges && (answer.status() == PARTIAL || placement.start() > 0 || isOffered),
        answer.from().address(),
        answer.header("Date").flatMap(HttpDate::parse),
        placement.isStated(),
        answer.header("Age").map(AgeField::parse).orElse(0L));
  }

  /** Whether a new redirect from the provider could succeed where the remembered target failed. */
  private static boolean mayBeStale(Failure failure) {
    return switch (failure) {
      case Failure.Gone _,
          Failure.Denied _,
          Failure.Busy _,
          Failure.Broken _,
          Failure.Unreachable _,
          Failure.Unverified _,
          Failure.Slow _,
          Failure.Fake _ ->
          true;
      // A second request would make a limit worse; the others concern the file or this server.
      case Failure.Limit _,
          Failure.Occupied _,
          Failure.OutOfRange _,
          Failure.Changed _,
          Failure.Forbidden _ ->
          false;
    };
  }

  /** One way to obtain a response. */
  private interface Step {
    Optional<HttpUpstream> take(Ask ask) throws OriginException;
  }

  private static boolean isRefusal(Failure failure) {
    int status = failure.upstreamStatus().orElse(0);
    return status >= 400 && status < 500;
  }
}
