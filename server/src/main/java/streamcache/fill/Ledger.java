package streamcache.fill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import streamcache.fill.AccountState.TitleState;
import streamcache.link.TitleKey;
import streamcache.store.Title;

/**
 * What is known of one account, under one lock: its fills with their demands and connections, its
 * budget, its line. Shared by {@link Account}, where playbacks come in, and {@link Dispatcher},
 * where connections do.
 *
 * <p>The lock comes before those of the store and is never held over I/O or a listener.
 */
final class Ledger {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Budget budget;
  private final LineMeter meter = new LineMeter();

  /** Oldest first. */
  private final Map<TitleKey, Fill> fills = new LinkedHashMap<>();

  private boolean stopped;

  /** Nobody may come in any more, since the account is about to be forgotten. */
  private boolean forgotten;

  Ledger(Budget budget) {
    this.budget = budget;
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

  /**
   * Takes a place of the budget, waiting for one.
   *
   * @return false when none came free in time
   */
  boolean awaitPlace(Duration most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      boolean free = budget.await(changed, most);
      if (free) {
        budget.opened();
      }
      return free;
    } finally {
      lock.unlock();
    }
  }

  // From here on with the lock held.

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

  /**
   * Forgets the fills that are over, and the oldest of those that nobody waits for if there are
   * more than {@code mostLeft}; their titles are to be closed without the lock.
   */
  List<Title> retire(int mostLeft, long now) {
    List<Title> over = new ArrayList<>();
    long tooMany = fills.values().stream().filter(fill -> fill.isLeft(now)).count() - mostLeft;
    Iterator<Fill> each = fills.values().iterator();
    while (each.hasNext()) {
      Fill fill = each.next();
      boolean isOneTooMany = fill.isLeft(now) && tooMany-- > 0;
      if (isOneTooMany || fill.isOver(now) || (stopped && fill.connections.isEmpty())) {
        each.remove();
        over.add(fill.title());
      }
    }
    return over;
  }

  AccountState state(long now) {
    List<TitleState> titles = new ArrayList<>();
    fills.values().forEach(fill -> titles.add(fill.state(now)));
    boolean settling = budget.cooling(now) > 0 || connections().anyMatch(Connection::isClosing);
    return new AccountState(
        meter.state(budget.coolDown(now)), budget.most(now), budget.free(now), settling, titles);
  }
}
