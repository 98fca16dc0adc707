package streamcache.fill;

import java.time.Duration;
import java.util.Optional;
import streamcache.origin.Failure;

/**
 * The provider would not give a title, maybe because of our other connections: what is needed to
 * learn from it once the title is accepted.
 *
 * @param failure what the provider said
 * @param times how often in a row
 * @param others connections of ours that were open
 * @param sinceClose since the last of ours was closed; empty when that was long ago
 */
record Refusal(Failure failure, int times, int others, Optional<Duration> sinceClose) {

  /** The next one in a row, if there was one before. */
  static Refusal next(Optional<Refusal> before, Failure failure, Budget budget, long now) {
    return new Refusal(
        failure, before.map(Refusal::times).orElse(0) + 1, budget.others(), budget.sinceClose(now));
  }

  /** The title is accepted now: that tells what was wrong. */
  void teach(Budget budget, long now) {
    if (others > budget.others()) {
      budget.allowsOnly(others, now);
    } else if (others == 0 && sinceClose.isPresent() && budget.sinceClose(now).isPresent()) {
      budget.counts(sinceClose.get(), budget.sinceClose(now).get(), now);
    }
  }
}
