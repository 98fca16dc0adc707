package streamcache.fill;

import java.time.Duration;
import java.util.Optional;
import streamcache.origin.Failure;

/** How long to wait before asking a provider again, and when to stop asking. Pure. */
final class Retry {

  /** Attempts in a row that brought nothing, after which waiting players are told. */
  private static final int MOST_ATTEMPTS = 5;

  /** An attempt at a title nobody has seen yet: the player still shows its spinner. */
  private static final int MOST_COLD_ATTEMPTS = 2;

  /** The same for refusals, which are answered faster than a dead connection. */
  private static final int MOST_COLD_REFUSALS = 3;

  private static final Duration FIRST_REFUSAL_PAUSE = Duration.ofSeconds(1);

  /** A player is held for 20 s, if nothing else is set. */
  private static final Duration LONGEST_ASKED = Duration.ofSeconds(15);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  /** How long a title is left alone after it was given up: one burst of a player is one attempt. */
  private static final Duration FIRST_REST = Duration.ofMillis(1500);

  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  /** A title that a player lives on is asked for again as often, for as long as it waits. */
  private static final Duration LONGEST_RIDDEN = Duration.ofSeconds(4);

  private Retry() {}

  /**
   * The pause before the next attempt; empty to give up.
   *
   * @param attempts attempts in a row without a byte, this one included; 0 when the connection was
   *     cut after it had brought some
   * @param known whether the title has bytes or facts already
   */
  static Optional<Duration> after(Failure failure, int attempts, boolean known) {
    return switch (failure) {
      case Failure.Broken broken when known || broken.upstreamStatus().isEmpty() ->
          pause(attempts, known);
      case Failure.Busy busy when busy.retryAfter().isPresent() -> asked(busy, attempts);
      case Failure.Unreachable _, Failure.Busy _ -> pause(attempts, known);
      case Failure.Limit limit when limit.retryAfter().isPresent() -> asked(limit, attempts);
      case Failure.Slow _ when known -> pause(attempts, true);
      // A link that has worked may work again, when a redirect led to a dead end; once is enough.
      case Failure.Gone _, Failure.OutOfRange _ when known -> pause(attempts, false);
      case Failure.Broken _,
          Failure.Slow _,
          Failure.Gone _,
          Failure.Denied _,
          Failure.Limit _,
          Failure.Fake _,
          Failure.Forbidden _,
          Failure.OutOfRange _,
          Failure.Changed _ ->
          Optional.empty();
    };
  }

  /**
   * The pause after a refusal that may be about our other connections.
   *
   * @param times refusals in a row, this one included
   * @param isPatient whether its player has seen something of it, or closed connections are most
   *     likely to blame
   * @return empty when that explains it no longer
   */
  static Optional<Duration> afterRefusal(int times, boolean isPatient) {
    return times >= (isPatient ? MOST_ATTEMPTS : MOST_COLD_REFUSALS)
        ? Optional.empty()
        : Optional.of(FIRST_REFUSAL_PAUSE.multipliedBy(1L << (times - 1)));
  }

  /**
   * The same for a connection past the store, whose player has got bytes already.
   *
   * @param attempts attempts in a row that were not accepted, this one included
   * @param isLate whether its player has waited long enough
   */
  static Optional<Duration> ofPass(Failure failure, int attempts, boolean isLate) {
    if (mayMeanTooMany(failure) && attempts < MOST_ATTEMPTS) {
      return afterRefusal(attempts, /* isPatient= */ true);
    }
    Optional<Duration> pause = after(failure, attempts, /* known= */ true);
    return pause.isEmpty() && failure.isOfProvider() && !isLate
        ? Optional.of(LONGEST_RIDDEN)
        : pause;
  }

  /** Whether providers say so when they count one connection too many, and otherwise as well. */
  static boolean mayMeanTooMany(Failure failure) {
    return switch (failure) {
      case Failure.Limit _, Failure.Denied _, Failure.Busy _, Failure.Fake _ -> true;
      case Failure.Gone _,
          Failure.Broken _,
          Failure.Unreachable _,
          Failure.Slow _,
          Failure.Forbidden _,
          Failure.OutOfRange _,
          Failure.Changed _ ->
          false;
    };
  }

  /** How long a title rests after it was given up {@code times} times in a row, from 1. */
  static Duration rest(int times) {
    return rest(times, LONGEST_REST);
  }

  /** The same while a player waits for what passes. */
  static Duration ridden(int times) {
    return rest(times, LONGEST_RIDDEN);
  }

  private static Duration rest(int times, Duration longest) {
    Duration rest = FIRST_REST.multipliedBy(1L << Math.min(times - 1, 10));
    return rest.compareTo(longest) < 0 ? rest : longest;
  }

  /** As long as the provider itself asks for, once, unless no player would wait for that. */
  private static Optional<Duration> asked(Failure failure, int attempts) {
    return failure
        .retryAfter()
        .filter(pause -> attempts <= 1 && pause.compareTo(LONGEST_ASKED) <= 0);
  }

  private static Optional<Duration> pause(int attempts, boolean known) {
    if (attempts >= (known ? MOST_ATTEMPTS : MOST_COLD_ATTEMPTS)) {
      return Optional.empty();
    }
    return Optional.of(
        attempts == 0 ? Duration.ZERO : FIRST_PAUSE.multipliedBy(1L << (attempts - 1)));
  }
}
