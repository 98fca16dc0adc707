package streamcache.fill;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import streamcache.settings.ProviderRules;

/**
 * Throttles the bytes from one account to its configured rates, all connections together.
 * Connections wait here between two reads, on their own threads; no other lock is held meanwhile.
 */
final class Throttle {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** The rates in effect. */
  private record Rates(Optional<Rate> all, Optional<Rate> fills) {
    static Rates of(ProviderRules.Fills rules, long now) {
      return new Rates(rate(rules.rate(), now), rate(rules.fillRate(), now));
    }
  }

  private volatile Rates rates;

  Throttle(ProviderRules.Fills rules, long now) {
    this.rates = Rates.of(rules, now);
  }

  /** Other rates apply from now on; connections that wait go on at once. */
  void change(ProviderRules.Fills rules, long now) {
    rates = Rates.of(rules, now);
    wake();
  }

  private static Optional<Rate> rate(OptionalLong limit, long now) {
    return limit.isPresent() ? Optional.of(new Rate(limit.getAsLong(), now)) : Optional.empty();
  }

  /** Whether the rate at which bytes arrive may be ours, and not the provider's. */
  boolean limits() {
    Rates now = rates;
    return now.all().isPresent() || now.fills().isPresent();
  }

  /** Whether bytes that nobody needs soon have a separate rate. */
  boolean isForFills() {
    return rates.fills().isPresent();
  }

  /** The number of bytes to read at once, at most {@code most}. */
  int portion(int most, boolean isFill) {
    Rates now = rates;
    int portion = now.all().map(rate -> rate.portion(most)).orElse(most);
    return isFill ? now.fills().map(rate -> rate.portion(portion)).orElse(portion) : portion;
  }

  /**
   * Waits until more may be read.
   *
   * @param bytes the number of bytes that were read
   * @param isFill whether nobody needs them soon; evaluated again while waiting, since a player may
   *     come
   * @param isOver whether there is no longer a reason to wait
   */
  void pace(long bytes, BooleanSupplier isFill, BooleanSupplier isOver) {
    Rates current = rates;
    Optional<Rate> all = current.all();
    Optional<Rate> fills = current.fills();
    if (all.isEmpty() && (fills.isEmpty() || !isFill.getAsBoolean())) {
      return;
    }
    lock.lock();
    try {
      long now = System.nanoTime();
      long due = all.isPresent() ? all.get().take(bytes, now) : now;
      long dueAsFill =
          fills.isPresent() && isFill.getAsBoolean() ? fills.get().take(bytes, now) : now;
      long left = left(due, dueAsFill, isFill, now);
      while (left > 0 && !isOver.getAsBoolean() && current.equals(rates)) {
        var _ = changed.awaitNanos(left);
        left = left(due, dueAsFill, isFill, System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private static long left(long due, long dueAsFill, BooleanSupplier isFill, long now) {
    return isFill.getAsBoolean() ? Math.max(due - now, dueAsFill - now) : due - now;
  }

  /** Makes waiting threads evaluate their conditions again. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
