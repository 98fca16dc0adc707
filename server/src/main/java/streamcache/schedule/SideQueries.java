package streamcache.schedule;

import java.time.Duration;
import streamcache.origin.Failure;

/**
 * The one request to a provider that is not for playback, if one is running. It starts when nothing
 * else is open, or beside players if one slot more is free than they may need soon, and ends when a
 * player needs its slot. Part of an account; times are monotonic nanoseconds.
 */
final class SideQueries {

  /**
   * How long none runs beside players after the provider has refused one there, or broken off a
   * connection: it may count otherwise than is assumed.
   */
  static final Duration ALONE = Duration.ofMinutes(10);

  private final Budget budget;
  private final Effects effects;
  private boolean isRunning;
  private boolean isBesideOthers;
  private boolean isPreempted;
  private boolean isRefused;
  private boolean wasInTheWay;
  private long inTheWayAt;

  SideQueries(Budget budget, Effects effects) {
    this.budget = budget;
    this.effects = effects;
  }

  /**
   * Takes a slot if one is to spare; returns whether it did.
   *
   * @param isWatched whether players use the account, who may need another slot soon
   */
  boolean begins(SideQueryTurn turn, boolean isWatched, long now) {
    int free = budget.free(now);
    boolean isAlone = free == budget.most(now);
    boolean isToSpare = free > (isWatched ? 1 : 0) && mayRunBesideOthers(turn, now);
    if (isRunning || !(isAlone || isToSpare)) {
      return false;
    }
    budget.opened();
    isRunning = true;
    isBesideOthers = !isAlone;
    isPreempted = false;
    isRefused = false;
    return true;
  }

  private boolean mayRunBesideOthers(SideQueryTurn turn, long now) {
    return switch (turn) {
      case ALONE -> false;
      case BESIDE_PLAYERS -> !wasInTheWay || now - inTheWayAt >= ALONE.toNanos();
    };
  }

  void preempt() {
    if (isRunning && !isPreempted) {
      isPreempted = true;
      effects.add(new Effect.CancelSideQuery());
    }
  }

  /** The provider has refused the query. */
  void refused(long now) {
    isRefused = true;
    if (isBesideOthers) {
      wasInTheWay = true;
      inTheWayAt = now;
    }
  }

  /** A connection has ended, perhaps because the provider gave its slot to the query. */
  void ends(ConnectionEnd other, long now) {
    if (isRunning && other instanceof ConnectionEnd.Failed(Failure failure) && isSign(failure)) {
      wasInTheWay = true;
      inTheWayAt = now;
    }
  }

  private static boolean isSign(Failure failure) {
    return failure instanceof Failure.Broken || failure instanceof Failure.Limit;
  }

  /** Whether it was cancelled to free its slot, or because the account stops. */
  boolean isPreempted() {
    return isPreempted;
  }

  /** Whether other connections were open, or counted, when it began. */
  boolean isBesideOthers() {
    return isBesideOthers;
  }

  /**
   * @param hasAsked whether the provider may have seen it
   */
  void ended(boolean hasAsked, long now) {
    isRunning = false;
    if (isRefused) {
      // It never counted. Recorded as a closed one, it would show that closed ones do not count.
      budget.rejected(now);
    } else if (hasAsked) {
      budget.closed(/* cut= */ true, now);
    } else {
      budget.unopened();
    }
  }
}
