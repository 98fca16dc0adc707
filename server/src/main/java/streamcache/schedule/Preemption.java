package streamcache.schedule;

import java.util.List;
import java.util.Optional;
import streamcache.schedule.AccountState.UpstreamState;

/**
 * Decides when a stalled player may take the connection of another: only if the other has more
 * ahead than it takes to serve everyone in turn. Used within one decision; pure.
 *
 * <p>With N streams that use the share ρ of the bandwidth, each waits (N-1)·S/(1-ρ) for its turn,
 * where S is the time to swap a connection. A player with that much ahead, plus a reserve, loses
 * nothing.
 */
final class Preemption {

  private static final double RESERVE = 1.15;

  /** Seconds; a player with this much ahead needs no connection while another has use for it. */
  private static final double LONG = 600;

  /** Seconds; players do not wait for longer, so that each step costs them an error. */
  private static final double LONG_SWAP = 8;

  /**
   * A connection that has run for less than this, or than the time of a swap, is left alone:
   * opening it has just cost a swap.
   */
  private static final double RUN_LEAST = 1;

  /**
   * Seconds; a connection that will finish within this time, and sooner than another could begin,
   * is left to finish.
   */
  private static final double END_MOST = 1;

  private final UpstreamState upstream;
  private final double swap;
  private final double threshold;

  /** Seconds; a player with this much ahead can give way to any other for a while. */
  private final double most;

  private final OverloadPriority priority;

  Preemption(UpstreamState upstream, OverloadPriority priority) {
    this.upstream = upstream;
    this.swap = upstream.swap();
    this.priority = priority;
    double least = 2 * swap + 2;
    double turns = Math.max(0, priority.streams() - 1) * swap / (1 - priority.share());
    double wanted = RESERVE * (turns + Urgency.low(swap));
    most = Urgency.plenty(swap);
    threshold = Math.clamp(wanted, least, Math.max(least, most));
  }

  /** The connection to close in favour of {@code need}, if any. */
  Optional<Assignment> victim(Need need, List<Assignment> candidates) {
    Assignment victim = null;
    for (Assignment serving : candidates) {
      boolean isBetter = victim == null || serving.slack() > victim.slack();
      if (isBetter && may(need, serving) && mayEnd(need, serving)) {
        victim = serving;
      }
    }
    return Optional.ofNullable(victim);
  }

  private boolean mayEnd(Need need, Assignment serving) {
    return !serving.connection().closing()
        && !serving.isNearlyOver()
        && !serving.isWorthItsEnd(Math.min(swap, END_MOST))
        && serving.connection().ran().orElse(-1) >= runLeast(need, serving)
        && (serving.title().ranges() || !serving.hasReaders());
  }

  /**
   * The seconds for which the connection must have run. A fill has run long enough once it has
   * delivered what a player needs to survive the time it is away.
   */
  private double runLeast(Need need, Assignment serving) {
    double most = Math.min(RUN_LEAST, swap);
    boolean known = upstream.rate() > 0 && !serving.isLive();
    return known ? Math.min(most, 2 * swap * need.rate() / upstream.rate()) : most;
  }

  private boolean may(Need need, Assignment serving) {
    return switch (need.urgency()) {
      case STARVED, LOW -> !serving.isLive() || mayCut(need, serving);
      case AHEAD -> serving.reserve() >= LONG;
      case FILL -> !serving.hasReaders();
    };
  }

  /** Whether a pressing need may take the connection although players depend on it. */
  private boolean mayCut(Need need, Assignment serving) {
    double slack = serving.slack();
    boolean admitted = priority.includes(need);
    if (admitted != priority.includes(serving)) {
      return admitted || slack >= most;
    }
    if (need.urgency() == Urgency.LOW) {
      return slack >= Math.max(threshold, need.slack() + 2 * swap);
    }
    double wanted = need.isTailProbe() ? 2 * swap + 2 : threshold + opening(need);
    return slack >= wanted || isOverdue(need, slack);
  }

  /**
   * The seconds that pass until a title that begins has a connection that stays: its player reads
   * the start, the end and the start again. Where a swap is short, the reserve covers them.
   */
  private double opening(Need need) {
    boolean isBeginning = need.title().present().isEmpty();
    return isBeginning && swap >= LONG_SWAP ? 2 * swap : 0;
  }

  /** No player waits forever while the bandwidth suffices for all. */
  private boolean isOverdue(Need need, double slack) {
    return need.waited() > 2 * threshold + swap && slack > swap + 1;
  }
}
