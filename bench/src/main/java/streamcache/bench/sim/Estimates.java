package streamcache.bench.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import streamcache.fill.AccountState;
import streamcache.fill.AccountState.ConnectionState;
import streamcache.fill.AccountState.DemandState;
import streamcache.fill.AccountState.TitleState;
import streamcache.fill.Budget;
import streamcache.fill.LineMeter;
import streamcache.fill.Refusal;
import streamcache.origin.Failure;
import streamcache.origin.Habits;

/** What the product finds out by itself, with its own estimators and their errors. */
final class Estimates implements Knowledge {

  /** As {@code fill.Connection}: before this a rate says more about buffers than about the line. */
  private static final double RATE_AFTER = 0.3;

  private static final Failure TOO_MANY =
      new Failure.Limit(OptionalInt.of(429), "too many connections", Optional.empty());

  private final World world;
  private final Budget budget;
  private final LineMeter meter = new LineMeter(Habits.NONE.line());
  private final Random random;
  private final Map<Copy, Refusal> refusals = new HashMap<>();
  private final Map<Copy, Double> pausedUntil = new HashMap<>();

  Estimates(World world, long seed) {
    this.world = world;
    this.budget = new Budget(world.provider().terms().connections(), Optional.empty(), now());
    this.random = new Random(seed);
  }

  @Override
  public void opened() {
    budget.opened();
  }

  @Override
  public void answered(Download download) {
    Optional.ofNullable(refusals.remove(download.copy()))
        .ifPresent(refusal -> refusal.teach(budget, now()));
    meter.answered(Duration.ofNanos(Clock.nanos(world.now() - download.openedAt())));
    budget.accepted(now());
  }

  @Override
  public OptionalDouble ended(Download download) {
    if (download.state() == Download.State.REFUSED) {
      refused(download.copy());
      Duration hold = budget.refused(random.nextDouble(), now());
      return OptionalDouble.of(hold.toNanos() / 1e9);
    }
    budget.closed(/* cut= */ true, now());
    return OptionalDouble.of(budget.nextChange(now()) / 1e9);
  }

  /** As {@code fill.Fill}. */
  private void refused(Copy copy) {
    Optional<Refusal> before = Optional.ofNullable(refusals.get(copy));
    Refusal refusal = Refusal.next(before, TOO_MANY, budget, now());
    refusals.put(copy, refusal);
    refusal
        .pause(copy.present().size() > 0)
        .ifPresent(pause -> pausedUntil.put(copy, world.now() + pause.toNanos() / 1e9));
  }

  @Override
  public boolean isPaused(Copy copy) {
    return pausedUntil.getOrDefault(copy, 0.0) > world.now();
  }

  @Override
  public void tick() {
    world.downloads().forEach(download -> meter.flows(rate(download)));
  }

  @Override
  public AccountState state(List<TitleState> titles) {
    long now = now();
    boolean settling =
        budget.cooling(now) > 0
            || budget.isHeld(now)
            || world.downloads().stream().anyMatch(Download::isClosing);
    return new AccountState(
        meter.state(budget.coolDown(now)), budget.most(now), budget.free(now), settling, titles);
  }

  @Override
  public DemandState state(Request request) {
    return new DemandState(
        request.position(),
        /* end= */ Long.MAX_VALUE,
        request.waits(world.now()),
        request.rate(),
        request.buffered(world.now()),
        /* factsOnly= */ false);
  }

  @Override
  public double claims(Request request) {
    return request.isMissing() ? request.claims(world.now()) : 0;
  }

  @Override
  public ConnectionState state(Download download) {
    return new ConnectionState(
        download.id(),
        download.position(),
        download.limit(),
        rate(download),
        download.ran(world.now()),
        download.isClosing());
  }

  private double rate(Download download) {
    double ran = download.ran(world.now()).orElse(0);
    return ran < RATE_AFTER ? 0 : (download.position() - download.start()) / ran;
  }

  private long now() {
    return Clock.nanos(world.now());
  }
}
