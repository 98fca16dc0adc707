package streamcache.fill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
  private long nextConnection;
  private boolean stopped;

  Account(
      AccountId id,
      Origin origin,
      Decision decision,
      FillListener listener,
      ScheduledExecutorService tick) {
    this.id = id;
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
    lock.lock();
    try {
      Fill fill = fills.get(title.key());
      redundant = fill != null;
      if (fill == null) {
        fill = new Fill(title, wish, System.nanoTime());
        fills.put(title.key(), fill);
      }
      demand = new Demand(this, fill, wish, !fill.connections.isEmpty());
      fill.add(demand, wish, System.nanoTime());
      demand.fill().failIfResting(demand, System.nanoTime());
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
      demand.fill().demands.remove(demand);
    } finally {
      lock.unlock();
    }
    decide();
  }

  void block(Demand demand, boolean blocked) {
    lock.lock();
    try {
      demand.blocked(blocked);
      if (blocked) {
        demand.fill().failIfResting(demand, System.nanoTime());
      }
    } finally {
      lock.unlock();
    }
    if (blocked) {
      decide();
    }
  }

  boolean isServed(Demand demand) {
    lock.lock();
    try {
      return demand.fill().connections.stream()
          .anyMatch(connection ->
              connection.hasAnswered() && connection.state().position() <= demand.position());
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

  private AccountState state() {
    long now = System.nanoTime();
    List<TitleState> titles = new ArrayList<>();
    fills.values().forEach(fill -> titles.add(fill.state(now)));
    return new AccountState(titles);
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
    Fetch fetch = fill.fetch(open.start(), open.end());
    Connection connection = new Connection(nextConnection++, this, fill, origin, fetch);
    fill.connections.add(connection);
    return () -> Thread.ofPlatform().daemon().name("connection " + id).start(connection);
  }

  /**
   * The provider ignores ranges: one connection from the start has to do for everybody.
   *
   * @return whether it is to go on to the end, since somebody wants more than the facts
   */
  boolean withoutRanges(Connection connection) {
    lock.lock();
    try {
      return connection.fill().withoutRanges();
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

  /** The stored bytes are not of the file that the provider has now. */
  void doubt(Connection connection) {
    lock.lock();
    try {
      connection.fill().doubt();
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
      fill.remove(connection);
      switch (ending) {
        case Ending.Finished _, Ending.Closed _ -> {}
        case Ending.Failed failed -> failed(connection, failed.failure(), news);
        case Ending.Refused _ -> {
          fill.refused(connection, System.nanoTime());
          decideAfter(Fill.REFUSED_REST);
        }
      }
      if (fill.isComplete() && connection.stored() > 0) {
        long total = fill.generation().orElseThrow().total().orElseThrow();
        news.add(() -> listener.completed(key, total));
      }
    } finally {
      lock.unlock();
    }
    news.forEach(Runnable::run);
    fill.generation().ifPresent(Generation::wake);
    decide();
  }

  private void failed(Connection connection, Failure failure, List<Runnable> news) {
    Fill fill = connection.fill();
    switch (fill.failed(connection, failure, System.nanoTime())) {
      case Verdict.GoOn _ -> {}
      case Verdict.Pause(Duration pause) -> decideAfter(pause);
      case Verdict.GiveUp(Duration rest) -> {
        decideAfter(rest);
        news.add(() -> listener.failed(fill.title().key(), id, failure));
      }
    }
  }

  private void decideAfter(Duration pause) {
    var _ = tick.schedule(this::decide, pause.toNanos() + 1, TimeUnit.NANOSECONDS);
  }

  /**
   * A connection past the store. Waits for its turn, then for the provider.
   *
   * @param onGone takes what is to be done when the player leaves
   * @throws OriginException Limit when no turn comes in time, else the provider's failure
   */
  Pass pass(Demand demand, Generation generation, Duration most, Consumer<Runnable> onGone)
      throws OriginException, InterruptedException {
    Pass pass = reserve(demand, most);
    onGone.accept(pass::abort);
    try {
      pass.open(origin, generation);
      return pass;
    } catch (OriginException e) {
      pass.close();
      throw e;
    }
  }

  /** The place is taken before the connection is opened, so that no two take the last one. */
  private Pass reserve(Demand demand, Duration most) throws OriginException, InterruptedException {
    Fill fill = demand.fill();
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (fill.hasNoPlace() && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (fill.hasNoPlace()) {
        throw new OriginException(
            new Failure.Limit(
                OptionalInt.empty(), "no connection came free in time", Optional.empty()));
      }
      Fetch fetch = fill.fetch(demand.position(), demand.end());
      Pass pass = new Pass(this, fill, nextConnection++, fetch);
      fill.passes.add(pass);
      return pass;
    } finally {
      lock.unlock();
    }
  }

  void ended(Pass pass) {
    lock.lock();
    try {
      pass.fill().passes.remove(pass);
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
