package streamcache.schedule;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Counts how often in a row a provider has refused a connection beside a given number of others. A
 * single refusal may be due to a connection that was closed a moment before. Where connections are
 * scarce, one always was: then only the count is evidence. Part of a budget; times are monotonic
 * nanoseconds.
 */
final class RefusalTally {

  /**
   * The holds after this many refusals in a row last longer than any panel counts a closed
   * connection.
   */
  private static final int ENOUGH = 5;

  /**
   * How often a provider must accept what it had refused before the refusals are attributed to
   * closed connections.
   */
  private static final int CONTRADICTED = 3;

  /** The time within which it must do so: refusals that are further apart have other causes. */
  private static final Duration WITHIN = Duration.ofMinutes(1);

  /**
   * Refusals by the number of connections that were open, being opened or still counted beside the
   * refused one, from 1.
   */
  private final Map<Integer, Integer> refused = new TreeMap<>();

  /** How long after a close the last refusal came; empty when no close can have caused it. */
  private Optional<Duration> sinceClose = Optional.empty();

  /** How often in a row more connections were accepted than were refused soon after a close. */
  private int contradictions;

  private long firstContradictionAt;

  /**
   * A connection was refused beside {@code beside} others. It would have been refused beside more,
   * too.
   *
   * @param since the time since a close that may have caused it; empty if none may
   */
  void refused(int beside, Optional<Duration> since) {
    sinceClose = since;
    if (beside > 0) {
      refused.putIfAbsent(beside, 0);
      refused.replaceAll((number, times) -> number >= beside ? times + 1 : times);
    }
  }

  /**
   * {@code connections} connections deliver bytes at once.
   *
   * @return how long after a close the provider still refused a connection, if it has accepted so
   *     often what it had refused that it must have counted the closed one
   */
  Optional<Duration> bears(int connections, long now) {
    boolean isContradicted = refused.keySet().removeIf(number -> number < connections);
    if (!isContradicted || sinceClose.isEmpty()) {
      return Optional.empty();
    }
    if (contradictions == 0 || now - firstContradictionAt > WITHIN.toNanos()) {
      contradictions = 0;
      firstContradictionAt = now;
    }
    contradictions++;
    if (contradictions < CONTRADICTED) {
      return Optional.empty();
    }
    contradictions = 0;
    return sinceClose;
  }

  /** The number that is certainly the most allowed; empty while unknown. */
  OptionalInt allowed() {
    return refused.entrySet().stream()
        .filter(each -> each.getValue() >= ENOUGH)
        .mapToInt(Map.Entry::getKey)
        .findFirst();
  }
}
