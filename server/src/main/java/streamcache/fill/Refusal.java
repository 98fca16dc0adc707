package streamcache.fill;

import java.time.Duration;
import java.util.Optional;
import streamcache.origin.Failure;

/**
 * The provider would not give a title, maybe because of our other connections: what is needed to
 * learn from it once the title is accepted. Public for the simulator in {@code bench} alone.
 *
 * @param failure what the provider said
 * @param times how often in a row
 * @param others connections of ours that were open
 * @param sinceClose since the last of ours was closed; empty when that was long ago
 */
public record Refusal(Failure failure, int times, int others, Optional<Duration> sinceClose) {

  /** The next one in a row, if there was one before. */
  public static Refusal next(Optional<Refusal> before, Failure failure, Budget budget, long now) {
    return new Refusal(
        failure, before.map(Refusal::times).orElse(0) + 1, budget.others(), budget.sinceClose(now));
  }

  /**
   * How long the title is left alone.
   *
   * @param isPatient whether its player has seen something of it, or closed connections are most
   *     likely to blame
   * @return empty when it has been refused so often that the reason must be another
   */
  public Optional<Duration> pause(boolean isPatient) {
    return Retry.afterRefusal(times, isPatient);
  }

  /**
   * The title is accepted now: that tells what was wrong. Accepted beside as many others it was the
   * closed one that still counted; beside fewer it was their number, unless it may be either.
   */
  public void teach(Budget budget, long now) {
    Optional<Duration> accepted = budget.sinceClose(now);
    boolean besideFewer = others > budget.others();
    if (besideFewer && !Budget.isSuspect(sinceClose)) {
      budget.allowsOnly(others, now);
    } else if (!besideFewer && accepted.isPresent() && mayBeAboutClosed(budget, now)) {
      budget.counts(sinceClose.orElseThrow(), accepted.get(), now);
    }
  }

  private boolean mayBeAboutClosed(Budget budget, long now) {
    boolean isSaid = failure instanceof Failure.Limit;
    return sinceClose.filter(since -> isSaid || !budget.hasBorneWithin(since, now)).isPresent();
  }
}
