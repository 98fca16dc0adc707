package streamcache.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import streamcache.range.ByteRange;
import streamcache.schedule.AccountState.DemandState;
import streamcache.schedule.AccountState.TitleState;

/**
 * A hole that is to be filled, and how urgently. Pure.
 *
 * @param title the demand's title
 * @param start the first byte missing
 * @param urgency of the demand behind it
 * @param slack seconds until the player stalls; infinite for the fill of a title
 * @param waited seconds for which the player has already waited; 0 when it does not wait
 * @param rate bytes per second that the player consumes; 0 for a fill, and for facts
 */
record Need(
    TitleState title, long start, Urgency urgency, double slack, double waited, double rate) {

  /** A probe of the end of a file takes little time. */
  private static final long TAIL_BYTES = 8L << 20;

  /**
   * Seconds for which a waiting player's estimated buffer is believed; found by the soak, where
   * such a reader got nothing for half a minute.
   */
  static final double LONGEST_WAIT = 20;

  /** Seconds; a client that has watched for less may be scanning the library. */
  private static final double SETTLED = 30;

  private static final Comparator<Need> ORDER =
      Comparator.comparingInt(Need::rank)
          .thenComparingDouble(
              need -> need.urgency() == Urgency.STARVED ? -need.waited() : need.slack());

  /** All needs of an account, the most urgent first. */
  static List<Need> of(AccountState state) {
    List<Need> needs = new ArrayList<>();
    double swap = state.upstream().swap();
    for (TitleState title : state.titles()) {
      for (DemandState demand : title.demands()) {
        if (!isHeld(title, demand)) {
          of(title, demand, swap).ifPresent(needs::add);
        }
      }
      fill(title).ifPresent(needs::add);
    }
    needs.sort(ORDER);
    return needs;
  }

  /**
   * A player that is not admitted gets nothing but the facts, which decide whether it is admitted.
   */
  private static boolean isHeld(TitleState title, DemandState demand) {
    return title.known() && !title.claim().isAdmitted() && !demand.factsOnly();
  }

  private static Optional<Need> of(TitleState title, DemandState demand, double swap) {
    Optional<Long> start = title.known() ? hole(title, demand) : Optional.of(demand.position());
    boolean hasFacts = title.known() && demand.factsOnly();
    if (start.isEmpty() || hasFacts) {
      return Optional.empty();
    }
    double ahead = title.known() ? (start.get() - demand.position()) / demand.rate() : 0;
    double slack = trusted(ahead + demand.buffered(), demand);
    // A client that requests only facts is scanning a library: no player may suffer from that.
    Urgency urgency =
        demand.factsOnly() ? Urgency.LOW : Urgency.of(slack, demand.waited().isPresent(), swap);
    return Optional.of(
        new Need(
            title,
            start.get(),
            urgency,
            demand.factsOnly() ? Urgency.low(swap) : slack,
            demand.waited().orElse(0),
            demand.factsOnly() ? 0 : demand.rate()));
  }

  /**
   * A player's buffer is an estimate: a player without a buffer that took as much at once seems to
   * have one. While the player waits, the estimate is therefore trusted only for a limited time.
   */
  private static double trusted(double slack, DemandState demand) {
    boolean mayBeWrong = demand.waited().isPresent() && slack < Urgency.PLENTY;
    return mayBeWrong
        ? Math.clamp(
            LONGEST_WAIT - demand.waited().getAsDouble(), Math.min(slack, Urgency.STILL), slack)
        : slack;
  }

  private static Optional<Long> hole(TitleState title, DemandState demand) {
    long end = Math.min(demand.end(), title.end());
    return demand.position() >= end
        ? Optional.empty()
        : title.present().firstHole(new ByteRange(demand.position(), end)).map(ByteRange::start);
  }

  /**
   * Fills the hole ahead of the newest reader first, even after it has left: the reader may have
   * waited for longer than its player does, and may return. Then fills from the start.
   */
  private static Optional<Need> fill(TitleState title) {
    if (title.fill().isEmpty()) {
      return Optional.empty();
    }
    ByteRange wanted = title.fill().get().intersect(new ByteRange(0, title.end()));
    if (!title.known()) {
      return Optional.of(fill(title, /* start= */ 0));
    }
    long newest = Math.clamp(title.newest(), wanted.start(), wanted.end());
    return title
        .present()
        .firstHole(new ByteRange(newest, wanted.end()))
        .or(() -> title.present().firstHole(wanted))
        .map(hole -> fill(title, hole.start()));
  }

  private static Need fill(TitleState title, long start) {
    return new Need(
        title, start, Urgency.FILL, Double.POSITIVE_INFINITY, /* waited= */ 0, /* rate= */ 0);
  }

  /** Where a connection for it ends at the latest. */
  long limit() {
    return isFill() ? title.fill().map(ByteRange::end).orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
  }

  /**
   * The rank follows the urgency, but a title that is about to stall ranks before one that has
   * hardly begun.
   */
  private int rank() {
    return switch (urgency) {
      case STARVED -> title.watched() >= SETTLED ? 0 : 2;
      case LOW -> rate > 0 ? 1 : 3;
      case AHEAD -> 4;
      case FILL -> 5;
    };
  }

  boolean isLive() {
    return urgency.isLive();
  }

  /** Whether it is only the fill of a title. */
  boolean isFill() {
    return Double.isInfinite(slack);
  }

  boolean isTailProbe() {
    return title.total().isPresent() && title.end() - start <= TAIL_BYTES;
  }
}
