package streamcache.bench.explore;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import streamcache.bench.sim.Unhindered;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.AccountMachine;
import streamcache.schedule.AccountRules;
import streamcache.schedule.Effect;
import streamcache.schedule.GlobalConnectionLimit;
import streamcache.schedule.Invariants;
import streamcache.schedule.Learned;
import streamcache.schedule.RequestTerms;
import streamcache.settings.PlayerWaits;

/** Plays one account of a {@link Scenario}, step by step. */
final class History implements ExploredViewer.Account, AccountWorld {

  /** Seconds of virtual time. */
  static final double STEP = 0.05;

  private static final double TICK = 0.25;

  /** How many events the report of a failed history contains. */
  private static final int LATELY = 3000;

  /** Seconds that the machine sleeps. */
  private static final double SLEEP = 3600;

  private static final Failure NO_THREAD =
      new Failure.Unreachable(OptionalInt.empty(), "no thread");

  private final Scenario scenario;
  private final GlobalConnectionLimit limit;
  private final Random random;
  private final ExploredProvider provider;
  private final List<Stored> films = new ArrayList<>();
  private final List<ExploredViewer> viewers = new ArrayList<>();
  private final Fetchings connections = new Fetchings(this);
  private final Pasts pasts = new Pasts(this);
  private final ExploredImport pages;
  private final ExploredOrders orders;
  private final List<Double> alarms = new ArrayList<>();
  private final Deque<AccountEvent> next = new ArrayDeque<>();
  private final EnumMap<Mark, Integer> marks = new EnumMap<>(Mark.class);
  private final Checks checks = new Checks();
  private final List<String> lately = new ArrayList<>();
  private Invariants invariants = new Invariants();
  private AccountMachine machine;
  private Learned lessons = Learned.NONE;
  private boolean areRangesRefused;
  private double now;
  private double nextTick;
  private long numbers;
  private double restartsAt;
  private double jumpsAt;
  private boolean isRecovering;
  private boolean isToldLater;

  /**
   * @param limit on the connections of all accounts that are played together
   */
  History(Scenario scenario, GlobalConnectionLimit limit) {
    this.scenario = scenario;
    this.limit = limit;
    this.restartsAt =
        scenario.mishaps().restartsAt() > 0 ? scenario.mishaps().restartsAt() : Double.MAX_VALUE;
    this.jumpsAt =
        scenario.mishaps().jumpsAt() > 0 ? scenario.mishaps().jumpsAt() : Double.MAX_VALUE;
    this.random = new Random(scenario.seed());
    this.provider = new ExploredProvider(scenario.panel(), random);
    for (int title = 0; title < scenario.titles().size(); title++) {
      films.add(new Stored(title, scenario.titles().get(title)));
    }
    for (Plot plot : scenario.viewers()) {
      viewers.add(new ExploredViewer(plot, films.get(plot.title()), random, this));
    }
    boolean hasQuirks = !scenario.panel().quirks().equals(ProviderQuirks.NONE);
    this.pages = new ExploredImport(this, scenario.seed(), hasQuirks);
    this.orders = new ExploredOrders(this, films, scenario.seed(), hasQuirks);
    machine = machine(Optional.empty());
  }

  private boolean mayFill() {
    return isRecovering || !scenario.mishaps().fillsForbidden().holds(now);
  }

  private AccountMachine machine(Optional<Duration> quiet) {
    AccountRules rules =
        new AccountRules(
            scenario.allowed(),
            Optional.empty(),
            /* hasRanges= */ true,
            /* trustsValidators= */ Optional.empty(),
            /* namesAgent= */ false,
            /* completeAfter= */ 0,
            /* sharesBandwidth= */ false,
            /* rangeTeeThreshold= */ 20 << 20,
            PlayerWaits.USUAL.place(),
            scenario.seed());
    Unhindered known =
        new Unhindered(
            limit,
            this::mayFill,
            () -> scenario.panel().rangeRefusal() == 0,
            () -> areRangesRefused);
    return new AccountMachine(rules, known, lessons, quiet, nanos());
  }

  /** How often each mark was reached. */
  Map<Mark, Integer> marks() {
    return marks;
  }

  /** Keeps the events for {@link #lately}. */
  void tellsLater() {
    isToldLater = true;
  }

  /** Whether faults may still occur. */
  boolean isTroubled() {
    return now < scenario.seconds();
  }

  /** Advances by one step of time, including everything that may happen to the process. */
  void liveOn() {
    step();
    if (now >= restartsAt) {
      restartsAt = Double.MAX_VALUE;
      restart();
    }
    if (now >= jumpsAt) {
      jumpsAt = Double.MAX_VALUE;
      mark(Mark.SLEPT);
      now = Math.max(now + SLEEP, scenario.seconds());
    }
  }

  /** Ends all faults. */
  void recover() {
    isRecovering = true;
    provider.recovers();
    viewers.forEach(viewer -> viewer.isSteady(now));
  }

  /** Whether every playback has resumed since the faults ended. */
  boolean isContent() {
    return viewers.stream().allMatch(ExploredViewer::isContent);
  }

  private void restart() {
    mark(Mark.RESTARTED);
    connections.killed();
    pasts.killed();
    pages.killed();
    orders.killed();
    alarms.clear();
    viewers.forEach(viewer -> viewer.isCut(now));
    invariants = new Invariants();
    checks.restarted();
    machine = machine(Optional.of(Duration.ofMillis(500)));
  }

  /**
   * Advances by one step of time.
   *
   * @throws AssertionError if the account does what it must not do
   * @throws IllegalStateException if the account has no rule for what happened
   */
  void step() {
    now += STEP;
    connections.step();
    pasts.step();
    pages.step();
    orders.step();
    for (ExploredViewer viewer : viewers) {
      viewer.step(STEP, now);
    }
    if (now >= nextTick) {
      nextTick = now + TICK;
      on(new AccountEvent.Ticked());
    }
    if (alarms.removeIf(at -> at <= now)) {
      on(new AccountEvent.TimePassed());
    }
  }

  // Carries out the effects of the account.

  @Override
  public void on(AccountEvent event) {
    if (event instanceof AccountEvent.DemandCame came) {
      checks.wanted((Stored) came.stored());
    }
    next.add(event);
    if (next.size() > 1) {
      return;
    }
    while (!next.isEmpty()) {
      List<Effect> effects = machine.on(next.element(), nanos());
      if (isToldLater) {
        lately.add("%.2f %s -> %s".formatted(now, next.element(), effects));
      }
      effects.forEach(this::follow);
      invariants.hold(machine, nanos());
      next.remove();
    }
  }

  /** Returns the last events and the effects of each. */
  String lately() {
    return String.join("\n", lately.subList(Math.max(0, lately.size() - LATELY), lately.size()));
  }

  private void follow(Effect effect) {
    switch (effect) {
      case Effect.Open open -> opens(open);
      case Effect.Close(long number) -> {
        mark(Mark.HANDED_OVER);
        connections.connection(number).close();
      }
      case Effect.Limit(long number, long end) -> connections.connection(number).limit(end);
      case Effect.FailDemand(long number, Failure _) -> {
        orders.fails(number);
        viewers.forEach(viewer -> viewer.fails(number));
      }
      case Effect.PassStore(long number) -> {
        orders.fails(number);
        viewers.stream()
            .filter(viewer -> viewer.passes(number))
            .forEach(viewer -> pasts.passes(viewer, number));
      }
      case Effect.OpenPass(long number, RequestTerms terms) ->
          pasts.opens(number, terms.sendsRange());
      case Effect.RetryPass(long number, Duration pause) ->
          pasts.rests(number, pause.toNanos() / 1e9);
      case Effect.FailPass(long number) -> pasts.fails(number);
      case Effect.ClosePass(long number) -> {
        mark(Mark.PAST_ENDED_FOR_ANOTHER);
        pasts.ends(number);
      }
      case Effect.WakeAfter(Duration time) -> alarms.add(now + time.toNanos() / 1e9);
      case Effect.TitleFailed _ -> mark(Mark.GIVEN_UP);
      case Effect.TitleCompleted _ -> mark(Mark.COMPLETED);
      case Effect.Learn learn -> learns(learn.lessons());
      case Effect.LearnRangesRefused(boolean areRefused) -> {
        mark(Mark.RANGES_REFUSED);
        areRangesRefused = areRefused;
        checks.learned(areRefused, now);
      }
      case Effect.CancelSideQuery _ -> pages.cancelled();
      case Effect.Mark _,
          Effect.Release _,
          Effect.LearnAgent _,
          Effect.LearnValidators _,
          Effect.Spend _ -> {}
    }
  }

  private void learns(Learned now) {
    lessons = now;
    if (now.coolDown().isPositive()) {
      mark(Mark.COOL_DOWN_LEARNED);
    }
    if (now.coolDown().compareTo(PlayerWaits.USUAL.place()) > 0) {
      mark(Mark.LONG_COOL_DOWN_LEARNED);
    }
    if (now.limit().isPresent()) {
      mark(Mark.LIMIT_LEARNED);
    }
  }

  private void opens(Effect.Open open) {
    Stored film = film(open.title());
    if (!isRecovering && random.nextDouble() < scenario.mishaps().noThreadShare()) {
      boolean isWithoutSlot = random.nextBoolean();
      mark(isWithoutSlot ? Mark.WITHOUT_SLOT : Mark.NO_THREAD);
      next.add(
          isWithoutSlot
              ? new AccountEvent.ConnectionWithoutSlot(open.connection())
              : AccountEvent.ConnectionEnded.unmade(open.connection(), NO_THREAD));
      return;
    }
    if (!takesSlot(open.isAwaited())) {
      next.add(new AccountEvent.ConnectionWithoutSlot(open.connection()));
      return;
    }
    Fetching fetching =
        new Fetching(
                open.connection(),
                film,
                open.range(),
                open.support()::hasRanges,
                open.terms().sendsRange(),
                provider,
                now)
            .under(open.terms(), open.overlap());
    connections.opens(fetching);
    machine.on(new AccountEvent.ConnectionMade(open.connection(), fetching), nanos());
    checks.opens(fetching, open.isAwaited(), now);
    checks.asks(fetching, now);
  }

  private Stored film(TitleKey key) {
    return films.stream().filter(film -> film.link().key().equals(key)).findFirst().orElseThrow();
  }

  @Override
  public void mark(Mark mark) {
    marks.merge(mark, 1, Integer::sum);
  }

  private long nanos() {
    return (long) (now * 1e9);
  }

  @Override
  public long number() {
    return numbers++;
  }

  @Override
  public double now() {
    return now;
  }

  @Override
  public boolean isServed(long demand) {
    return machine.questions().isServed(demand);
  }

  @Override
  public boolean isInSight(long demand, double within) {
    Duration time = Duration.ofNanos((long) (within * 1e9));
    return machine.questions().isInSight(demand, time, nanos());
  }

  @Override
  public AccountMachine machine() {
    return machine;
  }

  @Override
  public ExploredProvider provider() {
    return provider;
  }

  @Override
  public Checks checks() {
    return checks;
  }

  @Override
  public boolean takesSlot(boolean isAwaited) {
    boolean isTaken = limit.take(isAwaited);
    if (!isTaken) {
      mark(Mark.CROWDED);
    }
    return isTaken;
  }

  @Override
  public void givesSlot() {
    limit.give();
  }

  @Override
  public boolean isStoreFull() {
    return scenario.mishaps().storeFull().holds(now) && !isRecovering;
  }
}
