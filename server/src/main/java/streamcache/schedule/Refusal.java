package streamcache.schedule;

import java.time.Duration;
import java.util.Optional;
import streamcache.origin.Failure;

/**
 * A refusal of a title, possibly due to our other connections: what is needed to learn from it once
 * the title is accepted.
 *
 * @param failure what the provider said
 * @param times how often in a row
 * @param others our other connections that were open
 * @param sinceClose time since our last connection was closed; empty when that was long ago
 */
record Refusal(Failure failure, int times, int others, Optional<Duration> sinceClose) {

  /** The next refusal in a row, if there was one before. */
  static Refusal next(Optional<Refusal> before, Failure failure, Budget budget, long now) {
    return new Refusal(
        failure, before.map(Refusal::times).orElse(0) + 1, budget.others(), budget.sinceClose(now));
  }

  /**
   * How long to wait before the title is requested again.
   *
   * @param isPatient whether its player has received part of it, or closed connections are most
   *     likely to blame
   * @return empty when it has been refused so often that there must be another cause
   */
  Optional<Duration> pause(boolean isPatient) {
    return Retry.afterRefusal(times, isPatient).map(pause -> Retry.honouring(failure, pause));
  }

  /**
   * The title is now accepted, which shows the cause. If at least as many others are open now, a
   * closed connection was still counted. If fewer are, the cause was their number, unless it may be
   * either.
   */
  void teach(Budget budget, long now) {
    Optional<Duration> accepted = budget.sinceClose(now);
    boolean besideFewer = others > budget.others();
    if (besideFewer && !Budget.isSuspect(sinceClose)) {
      budget.allowsOnly(others, now);
    } else if (!besideFewer && accepted.isPresent() && sinceClose.isPresent()) {
      if (mayBeAboutClosed(budget, sinceClose.get(), now)) {
        budget.counts(sinceClose.get(), accepted.get(), now);
      } else if (failure instanceof Failure.Limit) {
        budget.contradicts();
      }
    }
  }

  /**
   * A provider that has just accepted a connection soon after a close, and says that there are too
   * many, may still count a closed one for a few seconds; longer than that, somebody else uses the
   * account.
   */
  private boolean mayBeAboutClosed(Budget budget, Duration since, long now) {
    boolean isSaid = failure instanceof Failure.Limit && Budget.isSuspect(sinceClose);
    return isSaid || !budget.hasBorneWithin(since, now);
  }
}
