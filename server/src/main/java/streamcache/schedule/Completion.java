package streamcache.schedule;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Decides whether a title has been watched enough for the rest to be fetched as well. Clients that
 * scan a library do not count as watching. Belongs to a title.
 */
final class Completion {

  private static final double HUNDRED = 100;

  /** More visits than this make a title worth completing, whatever each client does elsewhere. */
  private static final int MOST_VISITS = 16;

  private final int after;

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
   * @param after percentage of the title that must have been watched; 0 for no minimum
   */
  Completion(int after) {
    this.after = after;
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
    if (!isViewed || after == 0 || total.isEmpty()) {
      return isViewed;
    }
    return watched + playing >= total.getAsLong() / HUNDRED * after;
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
