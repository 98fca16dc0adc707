package streamcache.schedule;

/**
 * The one request to a provider that is not for playback, if one is running. It starts only when
 * nothing else is open, and ends when a player needs its slot. Part of an account.
 */
final class SideQueries {

  private final Budget budget;
  private final Effects effects;
  private boolean isRunning;
  private boolean isPreempted;

  SideQueries(Budget budget, Effects effects) {
    this.budget = budget;
    this.effects = effects;
  }

  /** Takes a slot if none is taken or counted; returns whether it did. */
  boolean begins(long now) {
    if (budget.free(now) < budget.most(now)) {
      return false;
    }
    budget.opened();
    isRunning = true;
    isPreempted = false;
    return true;
  }

  void preempt() {
    if (isRunning && !isPreempted) {
      isPreempted = true;
      effects.add(new Effect.CancelSideQuery());
    }
  }

  /** Whether it was cancelled to free its slot, or because the account stops. */
  boolean isPreempted() {
    return isPreempted;
  }

  /**
   * @param hasAsked whether the provider may have seen it
   */
  void ended(boolean hasAsked, long now) {
    isRunning = false;
    if (hasAsked) {
      budget.closed(/* cut= */ true, now);
    } else {
      budget.unopened();
    }
  }
}
