package streamcache.fill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.schedule.AccountEvent;
import streamcache.schedule.AccountMachine;
import streamcache.schedule.Effect;
import streamcache.schedule.Invariants;
import streamcache.schedule.SideQueryTurn;

/**
 * Drives the {@link AccountMachine} of one account: passes it the events under one lock, and
 * carries out the effects without that lock. Contains no rules. Any thread.
 *
 * <p>The lock is acquired before those of the store, and never held during I/O or a listener call.
 */
final class Driver implements Machine {

  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

  private final Surroundings around;
  private final ProfileStore profile;
  private final FillGate gate;
  private final Throttle throttle;
  private final Trace trace = new Trace();
  private final Invariants invariants = new Invariants();

  /** Guards the machine and all fields below. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  private final AccountMachine machine;
  private final Map<TitleKey, Fill> fills = new HashMap<>();
  private final Map<Long, AccountDemand> demands = new HashMap<>();
  private final Map<Long, UpstreamConnection> connections = new HashMap<>();
  private final Map<Long, PassTurn> passes = new HashMap<>();
  private @Nullable Runnable cancelsSideQuery;

  /** The number of threads that are carrying out effects. */
  private int running;

  /**
   * @param around what all accounts share
   */
  Driver(
      AccountMachine machine,
      ProfileStore profile,
      FillGate gate,
      Throttle throttle,
      Surroundings around) {
    this.machine = machine;
    this.profile = profile;
    this.gate = gate;
    this.throttle = throttle;
    this.around = around;
  }

  /** Any thread, no lock. */
  Throttle throttle() {
    return throttle;
  }

  /** Monotonic nanoseconds, as the machine uses them. Any thread, no lock. */
  long now() {
    return around.timer().now();
  }

  // Events.

  @Override
  public void on(AccountEvent event) {
    List<Runnable> steps;
    lock.lock();
    try {
      steps = step(event);
    } finally {
      lock.unlock();
    }
    run(steps);
  }

  /**
   * A playback wants a title.
   *
   * @param fresh takes part if the title is not held yet, and is closed otherwise
   * @param maker makes the demand, given its fill and whether its title is already being fetched
   * @return null when the account is forgotten
   */
  @Nullable AccountDemand register(Fill fresh, BiFunction<Fill, Boolean, AccountDemand> maker) {
    TitleKey key = fresh.title().key();
    List<Runnable> steps;
    AccountDemand demand;
    boolean isHeldTwice;
    lock.lock();
    try {
      if (machine.isForgotten()) {
        return null;
      }
      isHeldTwice = fills.containsKey(key);
      boolean isFetched = machine.questions().isFetched(key);
      demand = maker.apply(fills.computeIfAbsent(key, _ -> fresh), isFetched);
      demands.put(demand.number(), demand);
      steps = step(demand.comes());
    } finally {
      lock.unlock();
    }
    run(steps);
    if (isHeldTwice) {
      fresh.close();
    }
    return demand;
  }

  /** Returns false if the demand has already left. */
  boolean leaves(AccountDemand demand) {
    lock.lock();
    try {
      return demands.remove(demand.number()) != null;
    } finally {
      lock.unlock();
    }
  }

  void register(PassTurn pass) {
    locked(() -> passes.put(pass.number(), pass));
  }

  void forget(PassTurn pass) {
    locked(() -> passes.remove(pass.number()));
  }

  /** The connection has received its first bytes. */
  void answered(UpstreamConnection connection, Duration firstByte) {
    connection.events().opened(profile.account(), firstByte, around);
    on(new AccountEvent.ConnectionAnswered(connection.number(), firstByte));
  }

  /**
   * Reports the end of the connection. Its readers learn of a failure only now, when the next
   * connection is on its way: one that retried earlier would meet the same failure.
   */
  void ended(UpstreamConnection connection, Ending ending) {
    connection.events().closed(profile.account(), ending, around);
    around.limit().give();
    locked(() -> connections.remove(connection.number()));
    on(
        new AccountEvent.ConnectionEnded(
            connection.number(),
            connection.hasStarted(),
            ending.forMachine(),
            connection.brought().summary()));
    connection.fill().wake();
  }

  // Queries.

  @Override
  public <T extends @Nullable Object> T ask(Function<AccountMachine, T> question) {
    lock.lock();
    try {
      return question.apply(machine);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Parks until {@code done} is true or the time has passed. {@code done} is evaluated after each
   * change, with the lock held.
   *
   * @return its last result
   */
  boolean await(Duration most, BooleanSupplier done) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      boolean isDone = done.getAsBoolean();
      while (!isDone && left > 0) {
        left = around.timer().await(changed, left);
        isDone = done.getAsBoolean();
      }
      return isDone;
    } finally {
      lock.unlock();
    }
  }

  void wake() {
    locked(() -> {});
  }

  /**
   * Takes a slot for a side query; parks until one is free or the time has passed.
   *
   * @param cancel ends it when a player needs its slot
   * @return whether its connection must not be kept alive; empty when no slot was free in time
   */
  Optional<Boolean> awaitSlot(SideQueryTurn turn, Duration most, Runnable cancel)
      throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      Optional<Boolean> closes = machine.beginSideQuery(turn, now());
      while (closes.isEmpty() && left > 0) {
        left = around.timer().await(changed, left);
        closes = machine.beginSideQuery(turn, now());
      }
      if (closes.isPresent()) {
        cancelsSideQuery = cancel;
      }
      return closes;
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // Effects.

  /**
   * Called with the lock held.
   *
   * @return the steps for {@link #run}; none, and nothing is allocated, when a reader has merely
   *     waited for the next write of its connection
   */
  private List<Runnable> step(AccountEvent event) {
    assert lock.isHeldByCurrentThread();
    trace.add(event);
    List<Effect> effects = effects(event);
    if (effects.isEmpty() && event.isOfReader()) {
      return List.of();
    }
    changed.signalAll();
    List<Runnable> steps = new ArrayList<>();
    effects.forEach(effect -> step(effect, steps));
    running += steps.isEmpty() ? 0 : 1;
    return steps;
  }

  private List<Effect> effects(AccountEvent event) {
    try {
      // At one moment: a pause that ends between the two would look like a forgotten player.
      long now = now();
      List<Effect> effects = machine.on(event, now);
      assert invariants.hold(machine, now);
      return effects;
    } catch (RuntimeException e) {
      LOG.error("the account machine failed; its last events: {}", trace, e);
      fail(event);
      return List.of();
    }
  }

  /** A fault of this server ends the playback that it concerns, and no other. */
  private void fail(AccountEvent event) {
    DemandTrouble fault = new DemandTrouble.Failed(UpstreamConnection.FAULT);
    event.concerned().ifPresent(number -> to(demands, number, demand -> demand.trouble(fault)));
  }

  private void step(Effect effect, List<Runnable> steps) {
    switch (effect) {
      case Effect.Open open -> steps.add(opening(open));
      case Effect.Close(long number) -> to(connections, number, c -> steps.add(c::close));
      case Effect.Limit(long number, long end) -> to(connections, number, c -> c.limit(end));
      case Effect.Mark(long number, boolean isFill) -> {
        to(connections, number, c -> c.isFill(isFill));
        steps.add(throttle::wake);
      }
      case Effect.FailDemand(long number, Failure failure) ->
          to(demands, number, demand -> demand.trouble(new DemandTrouble.Failed(failure)));
      case Effect.PassStore(long number) ->
          to(demands, number, demand -> demand.trouble(new DemandTrouble.StoreRefuses()));
      case Effect.OpenPass open -> to(passes, open.pass(), pass -> pass.opens(open.terms()));
      case Effect.RetryPass(long number, Duration pause) ->
          to(passes, number, pass -> pass.rests(pause));
      case Effect.FailPass(long number) -> to(passes, number, PassTurn::givesUp);
      case Effect.ClosePass(long number) -> to(passes, number, pass -> steps.add(pass::close));
      case Effect.CancelSideQuery _ -> {
        if (cancelsSideQuery != null) {
          steps.add(cancelsSideQuery);
        }
      }
      case Effect.WakeAfter(Duration time) -> steps.add(() -> wakeAfter(time));
      case Effect.Release(TitleKey key) -> {
        Fill fill = fills.remove(key);
        if (fill != null) {
          steps.add(fill::close);
        }
      }
      case Effect.TitleCompleted(TitleKey key, long total) ->
          steps.add(() -> around.publish(new FillEvent.TitleCompleted(key, total)));
      case Effect.TitleFailed(TitleKey key, Failure failure) ->
          steps.add(
              () -> around.publish(new FillEvent.TitleFailed(key, profile.account(), failure)));
      case Effect.Lesson lesson -> steps.add(() -> profile.learn(lesson));
      case Effect.Spend(long bytes) -> steps.add(() -> gate.spent(bytes));
    }
  }

  private static <T> void to(Map<Long, T> all, long number, Consumer<T> what) {
    T one = all.get(number);
    if (one != null) {
      what.accept(one);
    }
  }

  /** A step that fails does not prevent the others. */
  private void run(List<Runnable> steps) {
    if (steps.isEmpty()) {
      return;
    }
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        LOG.error("an effect of the scheduler failed", e);
      }
    }
    locked(() -> running--);
  }

  /** The machine counts it as open: if it cannot be made, that is reported as its end. */
  private Runnable opening(Effect.Open open) {
    try {
      Fill fill =
          Objects.requireNonNull(fills.get(open.title()), "opened for a title that is not held");
      UpstreamConnection connection =
          new UpstreamConnection(this, open, fill, around.source(), around.channels());
      machine.on(new AccountEvent.ConnectionMade(open.connection(), connection), now());
      connections.put(open.connection(), connection);
      return () -> start(connection, open.isAwaited());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("a connection could not be created", e);
      return () -> on(AccountEvent.ConnectionEnded.unmade(open.connection(), OpenParts.NO_THREAD));
    }
  }

  /** Takes a slot and starts the connection; if it cannot start, the slot is given back. */
  private void start(UpstreamConnection connection, boolean isAwaited) {
    if (!around.take(profile.account(), this, isAwaited)) {
      locked(() -> connections.remove(connection.number()));
      on(new AccountEvent.ConnectionWithoutSlot(connection.number()));
      return;
    }
    try {
      Thread thread = around.threads().newThread(connection);
      thread.setName("connection " + profile.account());
      thread.start();
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("a connection could not be started", e);
      ended(connection, new Ending.Failed(OpenParts.NO_THREAD));
    }
  }

  /** What is open or waited for now. */
  OpenParts parts() {
    return ask(_ -> {
      List<Runnable> open = new ArrayList<>();
      connections.values().forEach(connection -> open.add(connection::close));
      passes.values().forEach(pass -> open.add(pass::cut));
      List<Consumer<Failure>> waiting = new ArrayList<>();
      demands.values().forEach(demand -> waiting.add(demand::fails));
      return new OpenParts(open, Optional.ofNullable(cancelsSideQuery), waiting);
    });
  }

  private void wakeAfter(Duration time) {
    around.timer().after(time, () -> on(new AccountEvent.TimePassed()));
  }

  /** Parks until every connection has ended and its effects are done, or the time has passed. */
  void awaitQuiet(Duration most) throws InterruptedException {
    await(most, () -> machine.isIdle() && running == 0);
  }
}
