package streamcache.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import streamcache.schedule.AccountState.DemandState;

/**
 * Distinguishes connections that players need from those that only complete titles, within one
 * event.
 */
final class Background {

  /**
   * A connection serves a player if the player needs its bytes within this many seconds. This is
   * far above the slack at which a connection is opened, so that none is closed and reopened a
   * moment later.
   */
  private static final double SOON = 180;

  /** Seconds ahead at which a player has enough, if the title is not to be completed. */
  private static final double PLENTY = 60;

  private Background() {}

  /**
   * Marks every connection of a title. Closes those that no player needs if the title is not to be
   * completed now; a broadcast is received for a moment longer.
   *
   * @return bytes that arrived in the background since the last call
   */
  static long survey(TrackedTitle title, boolean mayFill, long now) {
    boolean mayGoOn = title.isToBeCompleted(mayFill) || title.isAwaitedBack(now);
    Orders orders = title.completion().orders();
    if (title.stored().isKnown() && !title.hasRanges()) {
      orders.withoutRanges();
    }
    long bytes = 0;
    for (TrackedConnection connection : title.connections()) {
      boolean isFill = isFill(title, connection, now);
      bytes += connection.mark(isFill);
      boolean isOrdered = mayFill && orders.wants(title.stored(), connection.position());
      if (isFill && !mayGoOn && !isOrdered && isWorthClosing(connection)) {
        connection.close();
      }
    }
    return bytes;
  }

  /** The remainder of a request for facts is already in flight. */
  private static boolean isWorthClosing(TrackedConnection connection) {
    return connection.hasAnswered()
        && !connection.isClosing()
        && connection.limit() - connection.position() > Decision.FACTS_BYTES;
  }

  /**
   * The demands that a decision is about.
   *
   * @param mayComplete whether all of the title is to be fetched in any case
   */
  static List<DemandState> met(TrackedTitle title, boolean mayComplete, long now) {
    List<DemandState> met = new ArrayList<>(title.demands().size());
    for (TrackedDemand demand : title.demands()) {
      boolean isAway = demand.isOut() || demand.isPaused(now);
      if (!isAway && (mayComplete || !hasPlenty(title, demand))) {
        met.add(demand.state(now));
      }
    }
    return met;
  }

  /** Whether a player needs no fetching for now, while only what players need is fetched. */
  private static boolean hasPlenty(TrackedTitle title, TrackedDemand demand) {
    long total = title.stored().total().orElse(0);
    OptionalLong hole = firstHole(title, demand.position(), Math.min(demand.end(), total));
    return title.isSeekable()
        && !demand.terms().factsOnly()
        && hole.isPresent()
        && demand.secondsTo(hole.getAsLong()) >= PLENTY;
  }

  private static boolean isFill(TrackedTitle title, TrackedConnection connection, long now) {
    for (TrackedDemand demand : title.demands()) {
      if (!demand.isPaused(now) && needs(title, demand, connection)) {
        return false;
      }
    }
    return true;
  }

  private static boolean needs(
      TrackedTitle title, TrackedDemand demand, TrackedConnection connection) {
    if (demand.isOut()) {
      return false;
    }
    if (!title.isSeekable()) {
      return true;
    }
    long end = Math.min(demand.end(), connection.limit());
    long from = Math.max(connection.position(), demand.position());
    return !demand.terms().factsOnly() && misses(title, demand, from, end);
  }

  /** Whether the player will soon miss bytes in {@code [from, end)}. */
  private static boolean misses(TrackedTitle title, TrackedDemand demand, long from, long end) {
    OptionalLong hole = firstHole(title, from, end);
    return hole.isPresent() && demand.secondsTo(hole.getAsLong()) < SOON;
  }

  private static OptionalLong firstHole(TrackedTitle title, long from, long end) {
    long hole = title.stored().present().presentUntil(from);
    return hole < end ? OptionalLong.of(hole) : OptionalLong.empty();
  }
}
