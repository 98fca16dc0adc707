package streamcache.schedule;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The passes of an account: connections of single playbacks that bypass a store which accepts
 * nothing. They wait for their turn, and count like any other connection. Part of an account; times
 * are monotonic nanoseconds.
 */
final class Passes {

  private final Budget budget;
  private final Outcomes outcomes;
  private final Effects effects;
  private final WaitQueue queue = new WaitQueue();
  private final Map<Long, TrackedPass> all = new HashMap<>();

  Passes(Budget budget, Outcomes outcomes, Effects effects) {
    this.budget = budget;
    this.outcomes = outcomes;
    this.effects = effects;
  }

  boolean isNobodyWaiting() {
    return queue.isEmpty();
  }

  /** The number of slots that go to passes before a title gets one. */
  int beforeTitles(Collection<TrackedTitle> titles, long now) {
    return queue.beforeTitles(titles, now);
  }

  void wanted(long id, TrackedDemand demand, ObservedPass observed, long now) {
    queue.add(all.computeIfAbsent(id, _ -> new TrackedPass(id, demand, observed)), now);
  }

  /** Gives slots to the passes whose turn it is. */
  void open(Collection<TrackedTitle> titles, boolean closes, long now) {
    Optional<TrackedPass> next = queue.next(budget.free(now), titles, now);
    while (next.isPresent()) {
      TrackedPass pass = next.get();
      TrackedTitle title = pass.demand().title();
      queue.remove(pass);
      budget.opened();
      pass.opens(title.terms(closes));
      title.passes().add(pass);
      effects.add(new Effect.OpenPass(pass.id(), pass.terms().orElseThrow()));
      next = queue.next(budget.free(now), titles, now);
    }
  }

  /** The pass never reached the provider. */
  void withoutSlot(long id) {
    TrackedPass pass = all.remove(id);
    if (pass != null) {
      queue.remove(pass);
      if (leavesSlot(pass)) {
        budget.unopened();
      }
    }
  }

  void accepted(long id) {
    TrackedPass pass = all.get(id);
    if (pass != null) {
      pass.terms().ifPresent(pass.demand().title()::accepted);
    }
  }

  void failed(AccountEvent.PassFailed failed, long now) {
    TrackedPass pass = all.get(failed.pass());
    if (pass == null || pass.terms().isEmpty()) {
      return;
    }
    outcomes.passFailed(pass, pass.terms().get(), failed.failure(), failed.isLate(), now);
    close(pass, now);
  }

  /** Wants another response at once, which is compared. */
  void disputed(long id, long now) {
    TrackedPass pass = all.get(id);
    if (pass != null && pass.terms().isPresent()) {
      pass.demand().title().support().validatorsDiffered();
      close(pass, now);
      effects.add(new Effect.RetryPass(id, Duration.ZERO));
    }
  }

  void ended(long id, long now) {
    TrackedPass pass = all.remove(id);
    if (pass != null) {
      queue.remove(pass);
      close(pass, now);
    }
  }

  private void close(TrackedPass pass, long now) {
    if (leavesSlot(pass)) {
      budget.closed(/* cut= */ true, now);
      outcomes.wakeWhenFree(now);
    }
  }

  /** Returns false if the pass had no slot. */
  private boolean leavesSlot(TrackedPass pass) {
    boolean had = pass.demand().title().passes().remove(pass);
    pass.leavesSlot();
    return had;
  }

  /**
   * Ends an idle pass whose slot is needed by a waiting playback. Its own player takes nothing at
   * present, and requests the pass again when it does.
   */
  void closeIdle(boolean isWanted, long now) {
    if (isWanted && budget.free(now) == 0 && budget.cooling(now) == 0) {
      all.values().stream()
          .filter(pass -> pass.terms().isPresent() && pass.isIdle(now))
          .findFirst()
          .ifPresent(pass -> effects.add(new Effect.ClosePass(pass.id())));
    }
  }
}
