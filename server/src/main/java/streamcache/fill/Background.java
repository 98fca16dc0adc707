package streamcache.fill;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import streamcache.range.RangeSet;
import streamcache.store.Generation;

/**
 * Tells connections that players need from those that only complete titles, in the course of one
 * look at a {@link Ledger}, whose lock is held.
 */
final class Background {

  /**
   * What a player needs within this many seconds is fetched for it. Far more than the slack at
   * which a connection is opened, so that none is closed and opened again in a moment.
   */
  private static final double SOON = 180;

  /** Seconds ahead at which a player has enough, when nothing more than that may be fetched. */
  private static final double PLENTY = 60;

  private Background() {}

  /**
   * Marks every connection and counts what came in the background.
   *
   * @return those that may not go on, since nobody needs them and their titles are not to be
   *     completed now; the caller closes them without the lock
   */
  static List<Connection> survey(Iterable<Fill> fills, FillGate gate) {
    List<Connection> over = new ArrayList<>();
    for (Fill fill : fills) {
      boolean mayGoOn = fill.isToBeCompleted(gate);
      for (Connection connection : fill.connections) {
        boolean isFill = isFill(fill, connection);
        gate.spent(connection.mark(isFill));
        if (isFill && !mayGoOn && isWorthClosing(connection)) {
          over.add(connection);
        }
      }
    }
    return over;
  }

  /** What is left of a look at the facts is on its way already. */
  private static boolean isWorthClosing(Connection connection) {
    return connection.hasAnswered()
        && !connection.isClosing()
        && connection.limit() - connection.position() > Decision.FACTS_BYTES;
  }

  /** Whether a player may be left alone while nothing is fetched but what is needed. */
  static boolean hasPlenty(Fill fill, Demand demand) {
    long total = fill.generation().map(Generation::total).orElse(OptionalLong.empty()).orElse(0);
    OptionalLong hole = firstHole(fill, demand.position(), Math.min(demand.end(), total));
    return fill.isSeekable()
        && !demand.factsOnly()
        && hole.isPresent()
        && demand.secondsTo(hole.getAsLong()) >= PLENTY;
  }

  private static boolean isFill(Fill fill, Connection connection) {
    return fill.demands.stream().noneMatch(demand -> needs(fill, demand, connection));
  }

  private static boolean needs(Fill fill, Demand demand, Connection connection) {
    if (demand.trouble().isPresent()) {
      return false;
    }
    if (!fill.isSeekable()) {
      return true;
    }
    long end = Math.min(demand.end(), connection.limit());
    long from = Math.max(connection.position(), demand.position());
    return !demand.factsOnly() && misses(fill, demand, from, end);
  }

  /** Whether the player will soon miss bytes in {@code [from, end)}. */
  private static boolean misses(Fill fill, Demand demand, long from, long end) {
    OptionalLong hole = firstHole(fill, from, end);
    return hole.isPresent() && demand.secondsTo(hole.getAsLong()) < SOON;
  }

  private static OptionalLong firstHole(Fill fill, long from, long end) {
    RangeSet present = fill.generation().map(Generation::present).orElse(RangeSet.EMPTY);
    long hole = present.presentUntil(from);
    return hole < end ? OptionalLong.of(hole) : OptionalLong.empty();
  }
}
