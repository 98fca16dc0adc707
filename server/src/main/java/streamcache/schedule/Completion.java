package streamcache.schedule;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntSupplier;
import streamcache.range.ByteRange;

/**
 * Decides what is fetched of a title although no player needs it: all of it once it has been
 * watched enough, and what is ordered. Clients that scan a library do not count as watching.
 * Belongs to a title.
 */
final class Completion {

  private static final double HUNDRED = 100;

  /** More visits than this make a title worth completing, whatever each client does elsewhere. */
  private static final int MOST_VISITS = 16;

  private static final ByteRange WHOLE = new ByteRange(0, Long.MAX_VALUE);

  private final IntSupplier after;
  private final Orders orders;

  /** Whether the title was requested; a HEAD alone does not count. */
  private boolean wanted;

  /**
   * The visits for which the title may be worth completing, unless they turn out to be part of a
   * scan.
   */
  private final Set<ObservedVisit> visits = new HashSet<>();

  /** Bytes taken by players that have since left. */
  private long watched;

  /**
   * @param after percentage of the title that must have been watched; 0 for no minimum; may change
   */
  Completion(IntSupplier after, Effects effects) {
    this.after = after;
    this.orders = new Orders(effects);
  }

  Orders orders() {
    return orders;
  }

  /**
   * What to fetch next; empty for nothing. The rest of a title is fetched once something is known
   * of it.
   *
   * @param isWorthIt whether all of it is to be fetched
   * @param isKnown whether the provider's file is known to be the stored one
   */
  Optional<ByteRange> next(boolean isWorthIt, boolean isKnown, ObservedTitle stored) {
    return isWorthIt && isKnown ? Optional.of(WHOLE) : orders.next(stored);
  }

  /** A client wants more than the facts. */
  void want(ObservedVisit visit) {
    wanted = true;
    visits.add(visit);
    if (visits.size() > MOST_VISITS) {
      visits.removeIf(ObservedVisit::isDismissed);
    }
  }

  /** The title is no longer wanted. */
  void forget() {
    wanted = false;
    visits.clear();
  }

  boolean isWanted() {
    return wanted;
  }

  /** A player that had taken {@code bytes} has left. */
  void left(long bytes) {
    watched += bytes;
  }

  /**
   * @param playing bytes taken by the current players
   */
  boolean isWorthIt(OptionalLong total, long playing) {
    boolean isPopular = visits.size() > MOST_VISITS;
    boolean isViewed = wanted && (isPopular || isViewed());
    int percent = after.getAsInt();
    if (!isViewed || percent == 0 || total.isEmpty()) {
      return isViewed;
    }
    return watched + playing >= total.getAsLong() / HUNDRED * percent;
  }

  private boolean isViewed() {
    for (ObservedVisit visit : visits) {
      if (visit.isViewing()) {
        return true;
      }
    }
    return false;
  }
}
