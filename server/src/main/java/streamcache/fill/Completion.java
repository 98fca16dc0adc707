package streamcache.fill;

import java.util.OptionalLong;

/**
 * Whether anybody has watched enough of a title for the rest to be fetched as well. Belongs to a
 * fill; guarded by the account's lock.
 */
final class Completion {

  private static final double HUNDRED = 100;

  private final int after;

  /** A HEAD alone does not ask for the title. */
  private boolean wanted;

  /** Bytes that players who have left had taken. */
  private long watched;

  /**
   * @param after percent of the title that must have been watched; 0 for nothing
   */
  Completion(int after) {
    this.after = after;
  }

  /** Somebody wants more than the facts. */
  void want() {
    wanted = true;
  }

  /** It is no longer wanted for its own sake. */
  void forget() {
    wanted = false;
  }

  boolean isWanted() {
    return wanted;
  }

  /** A player has left that had taken so many bytes. */
  void left(long bytes) {
    watched += bytes;
  }

  /**
   * @param playing bytes that those who play have taken
   */
  boolean isWorthIt(OptionalLong total, long playing) {
    if (!wanted || after == 0 || total.isEmpty()) {
      return wanted;
    }
    return watched + playing >= total.getAsLong() / HUNDRED * after;
  }
}
