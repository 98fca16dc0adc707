package streamcache.bench.explore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Checks what a provider and a viewer see of a well-behaved account. The account's own invariants
 * are checked in addition.
 */
final class Checks {

  /**
   * The most requests within a minute to a provider that sends nothing new. It may ask to be asked
   * again after a second, and players may leave and return.
   */
  private static final int MOST_A_MINUTE = 40;

  /**
   * Attempts without new bytes while nobody waits: three, each after four refusals that may have
   * been about the number of connections.
   */
  private static final int MOST_UNAWAITED = 15;

  /** Those that were refused with one User-Agent; with another one they are counted again. */
  private static final int REFUSED_WITH_ONE_AGENT = 4;

  /**
   * The most connections within a minute that exceed the provider's limit, where the provider
   * reports it.
   */
  private static final int MOST_REFUSED = 25;

  /**
   * The most connections for the same range within a second, one of which may have been given up to
   * compare a sample.
   */
  private static final int MOST_OF_ONE_RANGE = 4;

  /** Attempts at one title. */
  private static final class Attempts {
    private final Deque<Double> withoutProgress = new ArrayDeque<>();
    private final Deque<Opened> lately = new ArrayDeque<>();
    private int unawaited;
    private boolean hadRange;
    private double withoutRangeAt = -60;

    /** The User-Agents that were tried since new bytes arrived. */
    private final Set<String> agents = new HashSet<>();
  }

  private record Opened(long start, double at) {}

  /**
   * Seconds. The account decides so once a minute; where no thread could be started, the request
   * follows after a rest of up to half a minute.
   */
  private static final double LEAST_WITHOUT_RANGE = 29;

  /** Seconds after which a film that begins may check whether ranges are still refused. */
  private static final double CHECK_AFTER = 60;

  private final Map<Stored, Attempts> attempts = new HashMap<>();
  private final Deque<Double> refused = new ArrayDeque<>();

  /** When the account learned that ranges are refused; infinite while it has not. */
  private double rangesRefusedAt = Double.POSITIVE_INFINITY;

  /** The films that have checked that since. */
  private final Set<Stored> checked = new HashSet<>();

  private Attempts of(Stored film) {
    return Objects.requireNonNull(attempts.computeIfAbsent(film, _ -> new Attempts()));
  }

  /** New bytes have arrived. */
  void progress(Stored film) {
    Attempts all = of(film);
    all.withoutProgress.clear();
    all.unawaited = 0;
    all.agents.clear();
    all.withoutRangeAt = -60;
  }

  /** The store refused the bytes: it is retried at growing intervals, without end. */
  void storeRefused(Stored film) {
    of(film).unawaited = 0;
  }

  /** A connection exceeded the provider's limit. */
  void refused(double now) {
    refused.removeIf(at -> at < now - 60);
    refused.add(now);
    if (refused.size() > MOST_REFUSED) {
      throw new AssertionError("one too many again and again: " + refused);
    }
  }

  /** A player has arrived or resumed. */
  void wanted(Stored film) {
    of(film).unawaited = 0;
    of(film).lately.clear();
  }

  /**
   * A film is requested, with or without a Range. One whose range is refused costs the provider at
   * most one further request within half a minute. Once the refusal is known, a film may check it
   * each minute.
   */
  void asks(Fetching fetching, double now) {
    boolean areRangesRefused = rangesRefusedAt <= now;
    if (areRangesRefused && fetching.sendsRange()) {
      checked.add(fetching.film());
      if (checked.size() > (now - rangesRefusedAt) / CHECK_AFTER) {
        throw new AssertionError("a range asked of a provider that is known to refuse them");
      }
    }
    Attempts all = of(fetching.film());
    if (areRangesRefused && !fetching.sendsRange() && all.hadRange) {
      // The check costs the request before this one.
      all.lately.pollLast();
    }
    if (!areRangesRefused && !fetching.sendsRange() && all.hadRange) {
      if (now - all.withoutRangeAt < LEAST_WITHOUT_RANGE) {
        throw new AssertionError("asked without a range again and again");
      }
      all.withoutRangeAt = now;
      // The refused request before this one is what the lesson costs.
      all.lately.pollLast();
    }
    all.hadRange = fetching.sendsRange();
  }

  void learned(boolean areRangesRefused, double now) {
    rangesRefusedAt = areRangesRefused ? now : Double.POSITIVE_INFINITY;
    checked.clear();
  }

  /** The process has restarted, which remembers no title's failures. */
  void restarted() {
    attempts.values().forEach(all -> all.withoutRangeAt = -60);
  }

  /**
   * @param isAwaited whether any player waits for the film
   */
  void opens(Fetching fetching, boolean isAwaited, double now) {
    Attempts all = of(fetching.film());
    all.withoutProgress.removeIf(at -> at < now - 60);
    all.withoutProgress.add(now);
    if (all.withoutProgress.size() > MOST_A_MINUTE) {
      throw new AssertionError("asked for nothing too often: " + all.withoutProgress);
    }
    if (all.agents.add(fetching.agent()) && all.agents.size() > 1) {
      all.unawaited = Math.max(0, all.unawaited - REFUSED_WITH_ONE_AGENT);
    }
    all.unawaited = isAwaited ? 0 : all.unawaited + 1;
    if (all.unawaited > MOST_UNAWAITED) {
      throw new AssertionError("asked again and again though nobody waits");
    }
    all.lately.removeIf(opened -> opened.at() < now - 1);
    all.lately.add(new Opened(fetching.start(), now));
    long same = all.lately.stream().filter(opened -> opened.start() == fetching.start()).count();
    if (same > MOST_OF_ONE_RANGE) {
      throw new AssertionError("opened at %d again and again".formatted(fetching.start()));
    }
  }
}
