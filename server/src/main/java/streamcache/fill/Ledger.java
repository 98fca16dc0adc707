package streamcache.fill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import streamcache.fill.AccountState.TitleState;
import streamcache.link.TitleKey;
import streamcache.settings.ProviderRules;
import streamcache.store.Title;

/**
 * What is known of one account, under one lock: its fills with their demands and connections, its
 * budget, its line. Shared by {@link Account}, where playbacks come in, and {@link Dispatcher},
 * where connections do.
 *
 * <p>The lock comes before those of the store and is never held over I/O or a listener.
 */
final class Ledger {

  /** Titles that wait for their hours or for a new day; of more the oldest are left as they are. */
  private static final int MOST_WAITING = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Budget budget;
  private final ProviderRules rules;
  private final Memory memory;
  private final FillGate gate;
  private final Throttle throttle;
  private final LineMeter meter;

  /** Oldest first. */
  private final Map<TitleKey, Fill> fills = new LinkedHashMap<>();

  private boolean stopped;

  private final Turns turns = new Turns();

  /** Nobody may come in any more, since the account is about to be forgotten. */
  private boolean forgotten;

  /**
   * @param rules what is set for the provider
   * @param memory what is known of it from an earlier run
   */
  Ledger(Budget budget, ProviderRules rules, Memory memory) {
    this.budget = budget;
    this.meter = new LineMeter(memory.line());
    this.rules = rules;
    this.memory = memory;
    this.gate = new FillGate(rules.fills(), memory.account(), memory.book());
    this.throttle = new Throttle(rules.fills(), System.nanoTime());
  }

  /** Any thread, no lock. */
  ProviderRules rules() {
    return rules;
  }

  /** Any thread, no lock. */
  Throttle throttle() {
    return throttle;
  }

  void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  <T extends @Nullable Object> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Parks until {@code done} or the time is over; {@code done} is asked after each change.
   *
   * @return what it said last
   */
  boolean await(Duration most, BooleanSupplier done) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      boolean isDone = done.getAsBoolean();
      while (!isDone && left > 0) {
        left = changed.awaitNanos(left);
        isDone = done.getAsBoolean();
      }
      return isDone;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a place of the budget, waiting for one.
   *
   * @return false when none came free in time
   */
  boolean awaitPlace(Duration most) throws InterruptedException {
    lock.lockInterruptibly();
    Turns.Turn turn = turns.take(System.nanoTime());
    try {
      return opened(now -> budget.free(now) > turns.before(turn, fills.values(), now), most);
    } finally {
      turns.giveBack(turn);
      changed.signalAll();
      lock.unlock();
    }
  }

  /**
   * Takes a place for something that is no film, waiting until no other is taken or counted and no
   * player waits.
   *
   * @return false when that did not come in time
   */
  boolean awaitQuietPlace(Duration most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return opened(this::isQuiet, most);
    } finally {
      lock.unlock();
    }
  }

  // From here on with the lock held.

  /** Takes a place as soon as it may be had; false when it could not in time. */
  private boolean opened(LongPredicate mayBe, Duration most) throws InterruptedException {
    long now = System.nanoTime();
    long end = now + most.toNanos();
    while (!mayBe.test(now) && end - now > 0) {
      long next = budget.nextChange(now);
      var _ = changed.awaitNanos(next == 0 ? end - now : Math.min(next, end - now));
      now = System.nanoTime();
    }
    boolean may = mayBe.test(now);
    if (may) {
      budget.opened();
    }
    return may;
  }

  private boolean isQuiet(long now) {
    return !stopped
        && !forgotten
        && demands().noneMatch(Demand::isWaiting)
        && budget.free(now) == budget.most(now);
  }

  /**
   * The connection past the store that has to leave its place to somebody who waits for one: its
   * own player takes nothing at present, and asks again when it does.
   */
  Optional<Pass> idlePass(long now) {
    boolean isWanted =
        budget.free(now) == 0
            && budget.cooling(now) == 0
            && (turns.areWanted() || demands().anyMatch(Demand::isWaiting));
    return fills.values().stream()
        .flatMap(fill -> fill.passes.stream())
        .filter(pass -> isWanted && pass.isIdle(now))
        .findFirst();
  }

  /**
   * Whether a connection for a title comes by itself within so many nanoseconds: one is under way,
   * the title will be asked for again, or a place comes free.
   */
  boolean isInSight(Fill fill, long within, long now) {
    boolean isUnderWay = fill.isBrought();
    boolean isAskedAgain = fill.isPaused(now) && !fill.isPaused(now + within);
    long free = budget.nextChange(now);
    boolean comesFree =
        budget.free(now) > 0
            || (free > 0 && free <= within)
            || connections().anyMatch(connection -> connection.isOverWithin(within / 1e9, now));
    return isUnderWay || isAskedAgain || (comesFree && !fill.isPaused(now));
  }

  private Stream<Demand> demands() {
    return fills.values().stream().flatMap(fill -> fill.demands.stream());
  }

  /** Whoever waits looks again. */
  void changed() {
    changed.signalAll();
  }

  Budget budget() {
    return budget;
  }

  /** Whether the provider counts connections that are closed, hence surely those that wait. */
  boolean closesConnections() {
    return budget.coolDown(System.nanoTime()).isPositive();
  }

  LineMeter meter() {
    return meter;
  }

  Map<TitleKey, Fill> fills() {
    return fills;
  }

  Fill fill(TitleKey key) {
    Fill fill = fills.get(key);
    if (fill == null) {
      throw new IllegalStateException("decided about a title that is not there: " + key);
    }
    return fill;
  }

  Stream<Connection> connections() {
    return fills.values().stream().flatMap(fill -> fill.connections.stream());
  }

  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Whether there is nothing to remember; then nobody may come in any more. */
  boolean forget(long now) {
    forgotten = fills.isEmpty() && budget.isQuiet(now);
    return forgotten;
  }

  boolean isForgotten() {
    return forgotten;
  }

  /** How many titles wait for the gate in vain: they are held open, so that none is evicted. */
  private int mostWaiting(int mostLeft) {
    if (gate.isOpen()) {
      return mostLeft;
    }
    return gate.opensAgain() ? Math.min(mostLeft, MOST_WAITING) : 0;
  }

  /**
   * Forgets the fills that are over, and the oldest of those that nobody waits for if there are
   * more than {@code mostLeft}; their titles are to be closed without the lock.
   */
  List<Title> retire(int mostLeft, long now) {
    List<Title> over = new ArrayList<>();
    long left = fills.values().stream().filter(fill -> fill.isLeft(now)).count();
    long tooMany = left - mostWaiting(mostLeft);
    Iterator<Fill> each = fills.values().iterator();
    while (each.hasNext()) {
      Fill fill = each.next();
      boolean isOneTooMany = tooMany > 0 && fill.isLeft(now);
      if (isOneTooMany || fill.isOver(now) || (stopped && fill.connections.isEmpty())) {
        tooMany -= isOneTooMany ? 1 : 0;
        each.remove();
        over.add(fill.title());
      }
    }
    return over;
  }

  /** Notes what a next run should know. */
  void keep(long now) {
    memory.keep(meter, budget, now);
  }

  /** Marks what only completes titles, and names what of it may not go on. */
  List<Connection> survey() {
    return Background.survey(fills.values(), gate);
  }

  /** Places for the fills. */
  private int free(long now) {
    return Math.max(0, budget.free(now) - (int) turns.beforeTitles(fills.values(), now));
  }

  AccountState state(long now) {
    List<TitleState> titles = new ArrayList<>();
    boolean isSecondVain = memory.ignoresRanges();
    fills.values().forEach(fill -> titles.add(fill.state(gate, isSecondVain, now)));
    boolean settling =
        budget.cooling(now) > 0
            || budget.isHeld(now)
            || connections().anyMatch(Connection::isClosing);
    return new AccountState(
        meter.state(budget.coolDown(now)), budget.most(now), free(now), settling, titles);
  }
}
