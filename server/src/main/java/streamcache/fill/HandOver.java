package streamcache.fill;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import streamcache.fill.AccountState.LineState;

/**
 * When a player who stands still may have the connection of another: only if that one has more
 * ahead than it takes to serve everybody in turn. In the course of one decision; pure.
 *
 * <p>With N streams over a line that they fill to the share ρ, each waits (N-1)·S/(1-ρ) for its
 * turn, S being the time to swap a connection. Whoever has that much and a reserve loses nothing.
 */
final class HandOver {

  private static final double RESERVE = 1.15;

  /** Seconds; whoever has so much ahead can give way to anybody for a while. */
  private static final double MOST = 60;

  /** Seconds; whoever has so much ahead need not be on the line while another has use for it. */
  private static final double LONG = 600;

  /** A connection younger than this, or than a swap, is left alone: it has just cost one. */
  private static final double RUN_LEAST = 1;

  /** Seconds; what ends within them, and sooner than another could begin, is let end. */
  private static final double END_MOST = 1;

  private final LineState line;
  private final double swap;
  private final double threshold;
  private final Precedence precedence;

  HandOver(LineState line, Precedence precedence) {
    this.line = line;
    this.swap = line.swap();
    this.precedence = precedence;
    double least = 2 * swap + 2;
    double turns = Math.max(0, precedence.streams() - 1) * swap / (1 - precedence.share());
    double wanted = RESERVE * (turns + Urgency.low(swap));
    threshold = Math.clamp(wanted, least, Math.max(least, MOST));
  }

  /** Whose connection ends in favour of {@code need}, if anybody's. */
  Optional<Serving> victim(Need need, List<Serving> candidates) {
    return candidates.stream()
        .filter(serving -> !serving.connection().closing() && !serving.isNearlyOver())
        .filter(serving -> !serving.isWorthItsEnd(Math.min(swap, END_MOST)))
        .filter(serving -> serving.connection().ran().orElse(-1) >= runLeast(need, serving))
        .filter(serving -> serving.title().ranges() || !serving.hasReaders())
        .filter(serving -> may(need, serving))
        .max(Comparator.comparingDouble(Serving::slack));
  }

  /**
   * One that nobody lives on has brought enough when a player can live on that while it is away.
   */
  private double runLeast(Need need, Serving serving) {
    double most = Math.min(RUN_LEAST, swap);
    boolean known = line.rate() > 0 && !serving.isLive();
    return known ? Math.min(most, 2 * swap * need.rate() / line.rate()) : most;
  }

  private boolean may(Need need, Serving serving) {
    return switch (need.urgency()) {
      case STARVED, LOW -> !serving.isLive() || mayCut(need, serving);
      case AHEAD -> serving.reserve() >= LONG;
      case FILL -> !serving.hasReaders();
    };
  }

  /** Whether somebody who presses may have it although players live on it. */
  private boolean mayCut(Need need, Serving serving) {
    double slack = serving.slack();
    boolean admitted = precedence.includes(need);
    if (admitted != precedence.includes(serving)) {
      return admitted || slack >= MOST;
    }
    if (need.urgency() == Urgency.LOW) {
      return slack >= Math.max(threshold, need.slack() + 2 * swap);
    }
    double wanted = need.isTailProbe() ? 2 * swap + 2 : threshold;
    return slack >= wanted || isOverdue(need, slack);
  }

  /** Nobody waits for ever while there is enough for all. */
  private boolean isOverdue(Need need, double slack) {
    return need.waited() > 2 * threshold + swap && slack > swap + 1;
  }
}
