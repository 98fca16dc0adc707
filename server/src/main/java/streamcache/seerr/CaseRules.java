package streamcache.seerr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state transitions of a case: the title fails, it plays, or the operator decides. Pure.
 *
 * @param afterFailures how many failures count as permanent
 * @param within the longest time between the first and the last of them
 * @param dryRun whether nothing is sent
 */
record CaseRules(int afterFailures, Duration within, boolean dryRun) {

  /** The title has failed, with or without an existing case. */
  Case failed(Optional<Case> before, CaseEvent.Failed event) {
    Case now = noted(before, event);
    boolean isForGood =
        event.evidence() == Evidence.GONE || now.fault().times().size() >= afterFailures;
    return switch (now.state()) {
      case FAILING, CLOSED -> isForGood ? queued(now, event.at()) : now;
      case REPORTING, DROPPED -> now;
      case RESOLVING ->
          now.with(progress ->
              progress.to(State.DONE, "failed again before its issue was resolved", event.at()));
      case DONE, WOULD, REFUSED ->
          isForGood && isTimeAgain(before.orElse(now), now, event.at())
              ? queued(now, event.at())
              : now;
    };
  }

  /** The provider has the title again; empty if the case can be forgotten. */
  Optional<Case> plays(Case before, Instant now) {
    Case played = before.forgiven();
    boolean isReported =
        before.deed().filter(deed -> deed.kind() == SeerrAction.Kind.REPORTED).isPresent();
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

  /** The operator wants an immediate retry. */
  static Case retried(Case before, Instant now) {
    State next = before.state() == State.RESOLVING ? State.RESOLVING : State.REPORTING;
    return before.with(progress ->
        progress.to(next, "retry requested by the operator", now).dueAt(progress.settled(now)));
  }

  static Case dropped(Case before, Instant now) {
    return before.with(progress -> progress.to(State.DROPPED, "dropped by the operator", now));
  }

  /** A title reported recently is not reported again earlier just because it played in between. */
  private Case queued(Case fails, Instant now) {
    Instant settled = fails.progress().settled(now);
    Instant cool = fails.posted().map(at -> at.plus(Case.AGAIN_AFTER)).orElse(settled);
    return fails.with(progress ->
        progress
            .to(State.REPORTING, "to be reported", now)
            .dueAt(settled.isAfter(cool) ? settled : cool));
  }

  /** A day has passed, a dry run has become real, or more is known about a refused case. */
  private boolean isTimeAgain(Case before, Case now, Instant at) {
    boolean isOld = !before.progress().changed().plus(Case.AGAIN_AFTER).isAfter(at);
    boolean isWanted = before.state() == State.WOULD && !dryRun;
    boolean knowsMore = before.state() == State.REFUSED && !before.work().equals(now.work());
    return isOld || isWanted || knowsMore;
  }

  private Case noted(Optional<Case> before, CaseEvent.Failed event) {
    Case.Fault fault =
        new Case.Fault(event.label(), event.headline(), event.requestId(), times(before, event));
    MediaIdentity work =
        before.map(old -> event.work().completedBy(old.work())).orElse(event.work());
    return new Case(
        event.key().value(),
        new Case.Subject(event.name(), event.host(), work),
        fault,
        before.map(Case::progress).orElseGet(() -> CaseProgress.begun(event.at())));
  }

  private List<Instant> times(Optional<Case> before, CaseEvent.Failed event) {
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
