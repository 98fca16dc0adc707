package streamcache.fill;

import java.util.Comparator;
import java.util.Optional;

/**
 * When a player who stands still may have the connection of another: only if that one has more
 * ahead than it takes to serve everybody in turn. In the course of one decision; pure.
 *
 * <p>With N streams over a line that they fill to the share ρ, each waits (N-1)·S/(1-ρ) for its
 * turn, S being the time to swap a connection. Whoever has that much and a reserve loses nothing.
 */
final class HandOver {

  /** Beyond this share of the line no order of turns keeps all players going. */
  private static final double FEASIBLE = 0.93;

  private static final double RESERVE = 1.15;
  private static final double MOST = 60;

  /** A connection younger than this, or than a swap, is left alone: it has just cost one. */
  private static final double RUN_LEAST = 1;

  private final double swap;
  private final double threshold;
  private final boolean feasible;

  HandOver(AccountState state, Matching matching, Iterable<Need> unmatched) {
    this.swap = state.line().swap();
    double least = 2 * swap + 2;
    double rates = 0;
    int streams = 0;
    for (Serving serving : matching.all()) {
      if (serving.isLive()) {
        rates += serving.rate();
        streams++;
      }
    }
    for (Need need : unmatched) {
      if (need.isLive()) {
        rates += need.rate();
        streams++;
      }
    }
    double share = state.line().rate() <= 0 ? 0 : rates / (state.line().rate() * state.budget());
    feasible = share < FEASIBLE;
    double turns = Math.max(0, streams - 1) * swap / Math.max(1e-9, 1 - share);
    double wanted = RESERVE * (turns + Urgency.low(swap));
    threshold = feasible ? Math.clamp(wanted, least, Math.max(least, MOST)) : MOST;
  }

  /** Whose connection ends in favour of {@code need}, if anybody's. */
  Optional<Serving> victim(Need need, Matching matching) {
    return matching.all().stream()
        .filter(serving -> !serving.connection().closing() && !serving.isNearlyOver())
        .filter(this::hasRun)
        .filter(serving -> serving.title().ranges() || !serving.hasReaders())
        .filter(serving -> may(need, serving))
        .max(Comparator.comparingDouble(Serving::slack));
  }

  private boolean hasRun(Serving serving) {
    double ran = serving.connection().ran().orElse(-1);
    return ran >= Math.min(RUN_LEAST, swap);
  }

  private boolean may(Need need, Serving serving) {
    double slack = serving.slack();
    if (!serving.isLive()) {
      return true;
    }
    return switch (need.urgency()) {
      case STARVED ->
          slack >= (need.isTailProbe() ? 2 * swap + 2 : threshold) || isOverdue(need, slack);
      case LOW -> slack >= Math.max(threshold, need.slack() + 2 * swap);
      case AHEAD, FILL -> false;
    };
  }

  /** Nobody waits for ever while there is enough for all. */
  private boolean isOverdue(Need need, double slack) {
    return feasible && need.waited() > 2 * threshold + swap && slack > swap + 1;
  }
}
