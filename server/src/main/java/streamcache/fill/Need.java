package streamcache.fill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import streamcache.fill.AccountState.DemandState;
import streamcache.fill.AccountState.TitleState;
import streamcache.range.ByteRange;

/**
 * A hole that somebody wants filled, and how much. Pure.
 *
 * @param title the demand's title
 * @param start the first byte missing
 * @param urgency of the demand behind it
 * @param slack seconds until the player stands still; endless for the wish to complete a title
 * @param waited seconds the player stands still already; 0 when it does not
 * @param rate bytes a second the player consumes; 0 for a fill, and for facts
 */
record Need(
    TitleState title, long start, Urgency urgency, double slack, double waited, double rate) {

  /** A probe for what stands at the end of a file is over soon. */
  private static final long TAIL_BYTES = 8L << 20;

  /** Seconds; who has watched for less may be a scan that looks into the title. */
  private static final double SETTLED = 30;

  private static final Comparator<Need> ORDER =
      Comparator.comparingInt(Need::rank)
          .thenComparingDouble(
              need -> need.urgency() == Urgency.STARVED ? -need.waited() : need.slack());

  /** All needs of an account, the most urgent first. */
  static List<Need> of(AccountState state) {
    List<Need> needs = new ArrayList<>();
    double swap = state.line().swap();
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

  /** Whoever may not play yet gets nothing but the facts, which tell whether it may. */
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
    double slack = ahead + demand.buffered();
    // Whoever asks for facts alone looks through a library: no player may suffer from that.
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

  private static Optional<Long> hole(TitleState title, DemandState demand) {
    long end = Math.min(demand.end(), title.end());
    return demand.position() >= end
        ? Optional.empty()
        : title.present().firstHole(new ByteRange(demand.position(), end)).map(ByteRange::start);
  }

  /**
   * First the hole ahead of the newest reader, since somebody will want it; then from the start.
   */
  private static Optional<Need> fill(TitleState title) {
    if (!title.known() || !title.fill()) {
      return Optional.empty();
    }
    long newest = title.demands().isEmpty() ? 0 : title.demands().getLast().position();
    ByteRange ahead = new ByteRange(Math.min(newest, title.end()), title.end());
    return title
        .present()
        .firstHole(ahead)
        .or(() -> title.present().firstHole(new ByteRange(0, title.end())))
        .map(hole ->
            new Need(
                title,
                hole.start(),
                Urgency.FILL,
                Double.POSITIVE_INFINITY,
                /* waited= */ 0,
                /* rate= */ 0));
  }

  /**
   * As urgent as it is; but a film that is about to stop comes before one that has hardly begun.
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

  /** Whether it is only the wish to complete a title. */
  boolean isFill() {
    return Double.isInfinite(slack);
  }

  boolean isTailProbe() {
    return title.total().isPresent() && title.end() - start <= TAIL_BYTES;
  }
}
