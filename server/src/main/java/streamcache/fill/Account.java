package streamcache.fill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import streamcache.fill.AccountState.TitleState;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.origin.Fetch;
import streamcache.origin.Origin;
import streamcache.origin.OriginException;
import streamcache.store.Generation;
import streamcache.store.Title;

/**
 * Everything fetched from one account. Events come in on the threads of playbacks, connections and
 * the tick; each changes the state under {@link #lock} and asks the {@link Decision} anew.
 *
 * <p>The lock guards all fills, demands and connections of the account. It comes before the locks
 * of the store and is never held over I/O: connections are started and closed after it is given up.
 */
final class Account {

  private final AccountId id;
  private final Origin origin;
  private final Decision decision;
  private final FillListener listener;
  private final ScheduledExecutorService tick;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<TitleKey, Fill> fills = new LinkedHashMap<>();
  private final Budget budget;
  private final LineMeter meter = new LineMeter();
  private long nextConnection;
  private boolean stopped;

  /**
   * @param connections the provider allows at once, as far as is known
   */
  Account(
      AccountId id,
      int connections,
      Origin origin,
      Decision decision,
      FillListener listener,
      ScheduledExecutorService tick) {
    this.id = id;
    this.budget = new Budget(connections, System.nanoTime());
    this.origin = origin;
    this.decision = decision;
    this.listener = listener;
    this.tick = tick;
  }

  /**
   * Registers a wish.
   *
   * @param title a hold that passes to the account when it starts a fill, and is closed otherwise
   */
  Demand demand(Title title, Wish wish) {
    Demand demand;
    boolean redundant;
    long now = System.nanoTime();
    lock.lock();
    try {
      Fill fill = fills.get(title.key());
      redundant = fill != null;
      if (fill == null) {
        fill = new Fill(title, wish.link(), wish.playerHeaders(), now);
        fills.put(title.key(), fill);
      }
      demand = new Demand(this, fill, wish, !fill.connections.isEmpty(), now);
      fill.add(demand, wish, now);
      demand.fill().failIfResting(demand, now);
    } finally {
      lock.unlock();
    }
    if (redundant) {
      title.close();
    }
    decide();
    return demand;
  }

  void close(Demand demand) {
    lock.lock();
    try {
      demand.fill().remove(demand, System.nanoTime());
    } finally {
      lock.unlock();
    }
    decide();
  }

  /** The reader waits at the hole at its position, until {@link #unblock}. */
  void block(Demand demand) {
    boolean comes;
    long now = System.nanoTime();
    lock.lock();
    try {
      demand.blocked(true, now);
      demand.fill().failIfResting(demand, now);
      comes = demand.fill().comesTo(demand.position());
    } finally {
      lock.unlock();
    }
    // Followers wait at every write of their connection: that is nothing to decide about.
    if (!comes) {
      decide();
      decideAfter(Decision.DEBOUNCE);
    }
  }

  void unblock(Demand demand) {
    lock.lock();
    try {
      demand.blocked(false, System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  boolean isServed(Demand demand) {
    lock.lock();
    try {
      return demand.fill().connections.stream()
          .anyMatch(
              connection -> connection.hasAnswered() && connection.position() <= demand.position());
    } finally {
      lock.unlock();
    }
  }

  /** Parks until {@code done} or the time is over; {@code done} is asked after each change. */
  void await(Duration most, BooleanSupplier done) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (!done.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Asks the decision until it has nothing more to change. */
  void decide() {
    while (true) {
      List<Runnable> steps = new ArrayList<>();
      lock.lock();
      try {
        retire(steps);
        if (!stopped) {
          decision.decide(state()).forEach(action -> apply(action, steps));
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      if (steps.isEmpty()) {
        return;
      }
      steps.forEach(Runnable::run);
    }
  }

  /** Four times a second: what only time changes. */
  void tick() {
    boolean wanted;
    long now = System.nanoTime();
    lock.lock();
    try {
      wanted = !fills.isEmpty();
      connections().forEach(connection -> meter.flows(connection.rate(now)));
    } finally {
      lock.unlock();
    }
    if (wanted) {
      decide();
    }
  }

  private AccountState state() {
    long now = System.nanoTime();
    List<TitleState> titles = new ArrayList<>();
    fills.values().forEach(fill -> titles.add(fill.state(now)));
    boolean settling = budget.cooling(now) > 0 || connections().anyMatch(Connection::isClosing);
    return new AccountState(
        meter.state(budget.coolDown()), budget.most(now), budget.free(now), settling, titles);
  }

  private Stream<Connection> connections() {
    return fills.values().stream().flatMap(fill -> fill.connections.stream());
  }

  private void retire(List<Runnable> steps) {
    long now = System.nanoTime();
    Iterator<Fill> each = fills.values().iterator();
    while (each.hasNext()) {
      Fill fill = each.next();
      if (fill.isOver(now) || (stopped && fill.connections.isEmpty())) {
        each.remove();
        steps.add(fill.title()::close);
      }
    }
  }

  private void apply(Action action, List<Runnable> steps) {
    switch (action) {
      case Action.Open open -> steps.add(open(fill(open.title()), open));
      case Action.Close close ->
          fill(close.title()).connections.stream()
              .filter(connection -> connection.id() == close.connection())
              .findFirst()
              .ifPresent(connection -> steps.add(connection::close));
    }
  }

  private Fill fill(TitleKey key) {
    Fill fill = fills.get(key);
    if (fill == null) {
      throw new IllegalStateException("decided about a title that is not there: " + key);
    }
    return fill;
  }

  private Runnable open(Fill fill, Action.Open open) {
    Fetch fetch = fetch(fill, open.start(), open.end());
    Connection connection = new Connection(nextConnection++, this, fill, origin, fetch);
    fill.connections.add(connection);
    budget.opened();
    return () -> Thread.ofPlatform().daemon().name("connection " + id).start(connection);
  }

  private static Fetch fetch(Fill fill, long start, long end) {
    return new Fetch(
        fill.link(),
        start,
        end == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(end),
        fill.generation().flatMap(Account::ifRange),
        fill.playerHeaders());
  }

  private static Optional<String> ifRange(Generation generation) {
    return generation.facts().strongValidator().or(() -> generation.facts().lastModified());
  }

  /** The provider ignores ranges: one connection from the start has to do for everybody. */
  void withoutRanges(Connection connection) {
    lock.lock();
    try {
      connection.fill().withoutRanges();
    } finally {
      lock.unlock();
    }
  }

  /** Whether this connection may put a new generation in the place of the title's present one. */
  boolean mayBegin(Connection connection) {
    lock.lock();
    try {
      return connection.fill().mayBegin();
    } finally {
      lock.unlock();
    }
  }

  void begun(Connection connection, Optional<Generation> before) {
    lock.lock();
    try {
      connection.fill().begun();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    before.ifPresent(Generation::wake);
  }

  void answered(Connection connection, Duration firstByte) {
    lock.lock();
    try {
      connection.fill().answered(connection);
      meter.answered(firstByte);
      budget.accepted();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    listener.opened(connection.fill().title().key(), id, connection.start(), firstByte);
    decide();
  }

  void ended(Connection connection, Ending ending) {
    Fill fill = connection.fill();
    List<Runnable> news = new ArrayList<>();
    TitleKey key = fill.title().key();
    news.add(() ->
        listener.closed(
            key, id, connection.received(), connection.stored(), connection.hasAnswered(), ending));
    lock.lock();
    try {
      long now = System.nanoTime();
      fill.remove(connection);
      if (!(ending instanceof Ending.Failed)) {
        budget.closed(/* cut= */ true, now);
      }
      switch (ending) {
        case Ending.Finished _, Ending.Closed _ -> {}
        case Ending.Failed failed -> failed(connection, failed.failure(), now, news);
        case Ending.Refused _ -> {
          fill.refused(connection, now);
          decideAfter(Fill.REFUSED_REST);
        }
      }
      if (fill.isComplete() && connection.stored() > 0) {
        long total = fill.generation().orElseThrow().total().orElseThrow();
        news.add(() -> listener.completed(key, total));
      }
      decideWhenFree(now);
    } finally {
      lock.unlock();
    }
    news.forEach(Runnable::run);
    fill.generation().ifPresent(Generation::wake);
    decide();
  }

  private void failed(Connection connection, Failure failure, long now, List<Runnable> news) {
    Fill fill = connection.fill();
    if (isTooMany(failure) && !connection.hasAnswered() && budget.mayBeToBlame(now)) {
      budget.refused(ThreadLocalRandom.current().nextDouble(), now);
      return;
    }
    budget.closed(/* cut= */ connection.hasAnswered(), now);
    switch (fill.failed(connection, failure, now)) {
      case Verdict.GoOn _ -> {}
      case Verdict.Pause(Duration pause) -> decideAfter(pause);
      case Verdict.GiveUp(Duration rest) -> {
        decideAfter(rest);
        news.add(() -> listener.failed(fill.title().key(), id, failure));
      }
    }
  }

  /** Statuses that providers use when they count one connection too many, and otherwise as well. */
  private static boolean isTooMany(Failure failure) {
    return switch (failure) {
      case Failure.Limit _, Failure.Denied _, Failure.Busy _ -> true;
      case Failure.Gone _,
          Failure.Broken _,
          Failure.Unreachable _,
          Failure.Slow _,
          Failure.Fake _,
          Failure.Forbidden _,
          Failure.OutOfRange _,
          Failure.Changed _ ->
          false;
    };
  }

  private void decideWhenFree(long now) {
    long next = budget.nextChange(now);
    if (next > 0) {
      decideAfter(Duration.ofNanos(next));
    }
  }

  private void decideAfter(Duration pause) {
    var _ = tick.schedule(this::decide, pause.toNanos() + 1, TimeUnit.NANOSECONDS);
  }

  /**
   * A connection past the store. Waits for its turn, then for the provider.
   *
   * @throws OriginException Limit when no turn comes in time, else the provider's failure
   */
  Pass pass(Demand demand, Generation generation, Duration most)
      throws OriginException, InterruptedException {
    Fill fill = demand.fill();
    Pass pass = reserve(fill, demand.position(), most);
    try {
      pass.open(origin.open(fetch(fill, demand.position(), demand.end())), generation);
      return pass;
    } catch (OriginException e) {
      pass.close();
      throw e;
    }
  }

  /** The place is taken before the connection is opened, so that no two take the last one. */
  private Pass reserve(Fill fill, long position, Duration most)
      throws OriginException, InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    lock.lockInterruptibly();
    try {
      long now = System.nanoTime();
      while (budget.free(now) == 0 && end - now > 0) {
        long next = budget.nextChange(now);
        var _ = changed.awaitNanos(next == 0 ? end - now : Math.min(next, end - now));
        now = System.nanoTime();
      }
      if (budget.free(now) == 0) {
        throw new OriginException(
            new Failure.Limit(
                OptionalInt.empty(), "no connection came free in time", Optional.empty()));
      }
      Pass pass = new Pass(this, fill, position);
      fill.passes.add(pass);
      budget.opened();
      return pass;
    } finally {
      lock.unlock();
    }
  }

  void ended(Pass pass) {
    lock.lock();
    try {
      long now = System.nanoTime();
      pass.fill().passes.remove(pass);
      budget.closed(/* cut= */ true, now);
      decideWhenFree(now);
    } finally {
      lock.unlock();
    }
    decide();
  }

  /** Closes every connection and opens none any more. */
  void stop() {
    List<Connection> open = new ArrayList<>();
    lock.lock();
    try {
      stopped = true;
      fills.values().forEach(fill -> open.addAll(fill.connections));
    } finally {
      lock.unlock();
    }
    open.forEach(Connection::close);
  }

  /** Parks until every connection has ended or the time is over. */
  void awaitQuiet(Duration most) throws InterruptedException {
    await(most, () -> fills.values().stream().allMatch(fill -> fill.connections.isEmpty()));
  }

  boolean isIdle() {
    lock.lock();
    try {
      return fills.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
