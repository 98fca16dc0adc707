package streamcache.fill;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/**
 * Who waits for a place of an account: playbacks that want one past the store, and players whose
 * title has no connection. Whoever has waited longest comes first, since each of them could go on
 * asking for as long as the other gets nothing. Belongs to a ledger; guarded by its lock. Times are
 * monotonic nanoseconds.
 */
final class Turns {

  /** One playback's; by identity. */
  static final class Turn {
    private final long since;

    Turn(long since) {
      this.since = since;
    }
  }

  /** In the order in which they came. */
  private final Set<Turn> waiting = new LinkedHashSet<>();

  Turn take(long now) {
    Turn turn = new Turn(now);
    waiting.add(turn);
    return turn;
  }

  void giveBack(Turn turn) {
    waiting.remove(turn);
  }

  boolean areWanted() {
    return !waiting.isEmpty();
  }

  /** How many places are for others before one is for this turn. */
  long before(Turn turn, Iterable<Fill> fills, long now) {
    long passes = waiting.stream().takeWhile(other -> other != turn).count();
    long titles = standing(fills, now).filter(since -> since < turn.since - now).count();
    return passes + titles;
  }

  /** How many places are for playbacks past the store before one is for a title. */
  long beforeTitles(Iterable<Fill> fills, long now) {
    long oldest = standing(fills, now).min().orElse(Long.MAX_VALUE);
    return waiting.stream().filter(turn -> turn.since - now < oldest).count();
  }

  /**
   * For each title of which nothing is brought though it may be, since when its players stand
   * still; in nanoseconds from now on, hence negative.
   */
  private static LongStream standing(Iterable<Fill> fills, long now) {
    return StreamSupport.stream(fills.spliterator(), /* parallel= */ false)
        .filter(fill -> fill.connections.isEmpty() && !fill.isPaused(now))
        .flatMapToLong(fill ->
            fill.demands.stream()
                .filter(Demand::isWaiting)
                .mapToLong(demand -> demand.waitsSince() - now)
                .min()
                .stream());
  }
}
