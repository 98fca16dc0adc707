package streamcache.schedule;

import java.util.List;

/**
 * The invariants of an account after every event, whatever its provider and its players do. Always
 * checked in the simulator, and in the product where assertions are enabled. One instance per
 * machine.
 */
public final class Invariants {

  /** Connections that were active after the last event. */
  private int active;

  /** The newest connection after the last event. */
  private long newest = -1;

  /**
   * @return always true, so that the call can be asserted
   * @throws AssertionError if an invariant does not hold
   */
  public boolean hold(AccountMachine machine, long now) {
    limitIsKept(machine.budget(), now);
    noFillComesBeforeAPlayer(machine, now);
    for (TrackedTitle title : machine.titles()) {
      noByteIsFetchedTwice(title);
      nobodyIsForgotten(machine, title, now);
    }
    return true;
  }

  /**
   * No connection is opened beyond what the provider allows, counting closed ones that it still
   * counts.
   */
  private void limitIsKept(Budget budget, long now) {
    int before = active;
    active = budget.active();
    boolean hasOpened = active > before;
    if (active < 0 || (hasOpened && active + budget.cooling(now) > budget.most(now))) {
      throw new AssertionError(
          "%d active and %d counted of %d"
              .formatted(active, budget.cooling(now), budget.most(now)));
    }
  }

  /** No two connections of a title with range support deliver the same byte. */
  private static void noByteIsFetchedTwice(TrackedTitle title) {
    if (!title.isSeekable() || title.connections().size() < 2) {
      return;
    }
    List<TrackedConnection> bringing =
        title.connections().stream()
            .filter(connection -> connection.hasAnswered() && !connection.isClosing())
            .toList();
    for (TrackedConnection one : bringing) {
      for (TrackedConnection other : bringing) {
        long from = Math.max(one.position(), one.start());
        boolean isBehind = one != other && from <= other.start() && other.start() < other.limit();
        if (isBehind && one.limit() > other.start() && from < one.limit()) {
          throw new AssertionError(
              "connection %d up to %d beside %d from %d"
                  .formatted(one.id(), one.limit(), other.id(), other.start()));
        }
      }
    }
  }

  /** A title that nobody wants gets no connection while a player is stalled without one. */
  private void noFillComesBeforeAPlayer(AccountMachine machine, long now) {
    long before = newest;
    boolean hasOpenedFill = false;
    for (TrackedTitle title : machine.titles()) {
      for (TrackedConnection connection : title.connections()) {
        hasOpenedFill |= connection.id() > before && title.demands().isEmpty();
        newest = Math.max(newest, connection.id());
      }
    }
    if (hasOpenedFill && isSomebodyLeftAlone(machine, now)) {
      throw new AssertionError("a fill comes before a player that stands still");
    }
  }

  private static boolean isSomebodyLeftAlone(AccountMachine machine, long now) {
    return machine.titles().stream()
        .anyMatch(title -> title.isAdmitted() && isLeftAlone(title, now));
  }

  private static boolean isLeftAlone(TrackedTitle title, long now) {
    boolean isServed = title.isBrought() || title.isPaused(now) || title.retry().storeRefuses(now);
    return !isServed && title.demands().stream().anyMatch(demand -> isInNeed(demand, now));
  }

  /**
   * A player that seems to have enough ahead may wait for a while. One that waits behind the end of
   * the file is about to learn that: the length has just become known.
   */
  private static boolean isInNeed(TrackedDemand demand, long now) {
    AccountState.DemandState state = demand.state(now);
    boolean hasEnough =
        state.buffered() >= Urgency.PLENTY && state.waited().orElse(0) <= Need.LONGEST_WAIT + 1;
    boolean isWaiting = demand.isWaiting() && demand.isMissing();
    return isWaiting && !demand.terms().factsOnly() && !hasEnough;
  }

  /**
   * Every waiting player has a connection, a place in the queue, or a time at which the next
   * attempt is made.
   */
  private static void nobodyIsForgotten(AccountMachine machine, TrackedTitle title, long now) {
    boolean isKeptForAnother =
        machine.reservation().title(now).filter(key -> !key.equals(title.key())).isPresent();
    boolean mayBeOpened = machine.hasFreeSlot(now) && title.isAdmitted() && !isKeptForAnother;
    if (isLeftAlone(title, now) && mayBeOpened && machine.isSettled()) {
      throw new AssertionError("nothing is tried for " + title.key());
    }
  }
}
