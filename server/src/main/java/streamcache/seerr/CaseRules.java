package streamcache.seerr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a case when its title fails, when it plays, and when the operator decides. Pure.
 *
 * @param afterFailures how many failures are for good
 * @param within how far apart the first and the last of them may be
 * @param dryRun whether nothing is told
 */
record CaseRules(int afterFailures, Duration within, boolean dryRun) {

  /** The title has failed; there was no case of it, or this one. */
  Case failed(Optional<Case> before, Event.Failed event) {
    Case now = noted(before, event);
    boolean isForGood =
        event.evidence() == Evidence.GONE || now.fault().times().size() >= afterFailures;
    return switch (now.state()) {
      case FAILING, CLOSED -> isForGood ? queued(now, event.at()) : now;
      case REPORTING, DROPPED -> now;
      case RESOLVING ->
          now.with(progress ->
              progress.to(State.DONE, "fails again before it was resolved", event.at()));
      case DONE, WOULD, REFUSED ->
          isForGood && isTimeAgain(before.orElse(now), now, event.at())
              ? queued(now, event.at())
              : now;
    };
  }

  /** The provider has the title again; empty: there is nothing to remember about it. */
  Optional<Case> plays(Case before, Instant now) {
    Case played = before.forgiven();
    boolean isReported =
        before.deed().filter(deed -> deed.kind() == Deed.Kind.REPORTED).isPresent();
    boolean mayBeOpen = isReported && before.state() != State.CLOSED;
    if (before.state() == State.RESOLVING) {
      return Optional.of(played);
    }
    if (mayBeOpen || before.progress().sending().isPresent()) {
      return Optional.of(
          played.with(progress ->
              progress.to(State.RESOLVING, "plays again", now).dueAt(progress.settled(now))));
    }
    return before.posted().isPresent()
        ? Optional.of(played.with(progress -> progress.to(State.CLOSED, "plays again", now)))
        : Optional.empty();
  }

  /** The operator wants it tried again, at once. */
  static Case retried(Case before, Instant now) {
    State next = before.state() == State.RESOLVING ? State.RESOLVING : State.REPORTING;
    return before.with(
        progress -> progress.to(next, "to be tried again", now).dueAt(progress.settled(now)));
  }

  static Case dropped(Case before, Instant now) {
    return before.with(progress -> progress.to(State.DROPPED, "dropped by the operator", now));
  }

  /** What was told lately is not told anew because it has played in between. */
  private Case queued(Case fails, Instant now) {
    Instant settled = fails.progress().settled(now);
    Instant cool = fails.posted().map(at -> at.plus(Case.AGAIN_AFTER)).orElse(settled);
    return fails.with(progress ->
        progress
            .to(State.REPORTING, "to be told", now)
            .dueAt(settled.isAfter(cool) ? settled : cool));
  }

  /** A day has gone by, or there is more to go by. */
  private boolean isTimeAgain(Case before, Case now, Instant at) {
    boolean isOld = !before.progress().changed().plus(Case.AGAIN_AFTER).isAfter(at);
    boolean isWanted = before.state() == State.WOULD && !dryRun;
    boolean knowsMore = before.state() == State.REFUSED && !before.work().equals(now.work());
    return isOld || isWanted || knowsMore;
  }

  private Case noted(Optional<Case> before, Event.Failed event) {
    Case.Fault fault =
        new Case.Fault(event.label(), event.headline(), event.requestId(), times(before, event));
    Work work = before.map(old -> event.work().completedBy(old.work())).orElse(event.work());
    return new Case(
        event.key().value(),
        new Case.Subject(event.name(), event.host(), work),
        fault,
        before.map(Case::progress).orElseGet(() -> Progress.begun(event.at())));
  }

  private List<Instant> times(Optional<Case> before, Event.Failed event) {
    List<Instant> times = new ArrayList<>(before.map(old -> old.fault().times()).orElse(List.of()));
    times.removeIf(old -> old.plus(within).isBefore(event.at()));
    boolean isDistinct =
        times.isEmpty() || !times.getLast().plus(Case.DISTINCT).isAfter(event.at());
    if (isDistinct) {
      times.add(event.at());
    }
    return times.subList(Math.max(0, times.size() - afterFailures), times.size());
  }
}
