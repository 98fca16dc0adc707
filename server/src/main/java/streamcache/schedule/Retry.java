package streamcache.schedule;

import java.time.Duration;
import java.util.Optional;
import streamcache.origin.Failure;

/**
 * How long to wait before retrying a request to a provider, and when to stop. Pure.
 *
 * @param longestAsked for how long a provider is retried that says when to: no player waits longer
 *     for a connection
 */
record Retry(Duration longestAsked) {

  /** Refusals in a row after which there must be another cause. */
  private static final int MOST_REFUSALS = 5;

  /** Attempts in a row without a new byte after which waiting newcomers are refused. */
  private static final int MOST_ATTEMPTS = 4;

  /** The same while nobody waits: the title then rests until it is requested. */
  private static final int MOST_UNAWAITED = 3;

  /** Attempts at a title of which nothing is known: the player still shows its spinner. */
  private static final int MOST_COLD_ATTEMPTS = 2;

  /** The same for refusals, which arrive faster than a dead connection shows. */
  private static final int MOST_COLD_REFUSALS = 3;

  private static final Duration FIRST_REFUSAL_PAUSE = Duration.ofSeconds(1);

  /** The longest Retry-After that is honoured; a longer wait would only look like our fault. */
  private static final Duration LONGEST_HONOURED = Duration.ofSeconds(60);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /**
   * How long a title rests after it was given up: one burst of requests from a player is one
   * attempt.
   */
  private static final Duration FIRST_REST = Duration.ofMillis(1500);

  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  /**
   * The longest pause at a provider that is down while a viewer waits, so that the viewer is not
   * lost.
   */
  private static final Duration LONGEST_RIDDEN = Duration.ofSeconds(4);

  /**
   * The pause before the next attempt; empty to give up.
   *
   * @param attempts attempts in a row without a new byte, this one included; 0 when the connection
   *     was cut after it had delivered some
   * @param known whether the title already has bytes or facts
   * @param audience who waits for the title
   * @param since time since the first of these attempts failed
   */
  Optional<Duration> after(
      Failure failure, int attempts, boolean known, Audience audience, Duration since) {
    int awaited = known || isBrief(failure) ? MOST_ATTEMPTS : MOST_COLD_ATTEMPTS;
    int most = audience == Audience.NOBODY ? MOST_UNAWAITED : awaited;
    return switch (failure) {
      case Failure.Broken broken
          when known || broken.upstreamStatus().isEmpty() || isBrief(broken) ->
          pause(attempts, most);
      case Failure.Busy busy when busy.retryAfter().isPresent() ->
          audience == Audience.NOBODY ? asked(busy, attempts) : asked(busy, attempts, since);
      case Failure.Unreachable _, Failure.Unverified _, Failure.Busy _ -> pause(attempts, most);
      case Failure.Limit limit when limit.retryAfter().isPresent() -> asked(limit, attempts);
      case Failure.Slow _ when known -> pause(attempts, most);
      // A link that has worked may work again, when a redirect led to a dead end; one retry is
      // enough.
      case Failure.Gone _, Failure.OutOfRange _ when known -> pause(attempts, MOST_COLD_ATTEMPTS);
      case Failure.Broken _,
          Failure.Slow _,
          Failure.Gone _,
          Failure.Denied _,
          Failure.Limit _,
          Failure.Occupied _,
          Failure.Fake _,
          Failure.Forbidden _,
          Failure.OutOfRange _,
          Failure.Changed _ ->
          Optional.empty();
    };
  }

  /**
   * The pause after a refusal that may be due to our other connections.
   *
   * @param times refusals in a row, this one included
   * @param isPatient whether its player has received part of it, or closed connections are most
   *     likely to blame
   * @return empty when the refusals must have another cause
   */
  static Optional<Duration> afterRefusal(int times, boolean isPatient) {
    return times >= (isPatient ? MOST_REFUSALS : MOST_COLD_REFUSALS)
        ? Optional.empty()
        : Optional.of(FIRST_REFUSAL_PAUSE.multipliedBy(1L << (times - 1)));
  }

  /**
   * The same for a pass, whose player has already received bytes.
   *
   * @param attempts attempts in a row that were not accepted, this one included
   * @param isLate whether its player has waited long enough
   */
  Optional<Duration> ofPass(Failure failure, int attempts, boolean isLate) {
    if (mayMeanTooMany(failure) && attempts < MOST_REFUSALS) {
      return afterRefusal(attempts, /* isPatient= */ true);
    }
    Duration since = attempts <= 1 ? Duration.ZERO : longestAsked;
    Optional<Duration> pause =
        after(failure, attempts, /* known= */ true, Audience.NEWCOMER, since);
    return pause.isEmpty() && failure.isOfProvider() && !isLate
        ? Optional.of(LONGEST_RIDDEN)
        : pause;
  }

  /** The pause, extended to what the provider asks for. */
  static Duration honouring(Failure failure, Duration pause) {
    return failure
        .retryAfter()
        .map(asked -> asked.compareTo(LONGEST_HONOURED) < 0 ? asked : LONGEST_HONOURED)
        .filter(asked -> asked.compareTo(pause) > 0)
        .orElse(pause);
  }

  /** Whether providers use this failure both for one connection too many and for other causes. */
  static boolean mayMeanTooMany(Failure failure) {
    return switch (failure) {
      case Failure.Limit _, Failure.Denied _, Failure.Fake _ -> true;
      case Failure.Busy _ -> !isBrief(failure);
      case Failure.Gone _,
          Failure.Occupied _,
          Failure.Broken _,
          Failure.Unreachable _,
          Failure.Unverified _,
          Failure.Slow _,
          Failure.Forbidden _,
          Failure.OutOfRange _,
          Failure.Changed _ ->
          false;
    };
  }

  /** How long a title rests after it was given up {@code times} times in a row, from 1. */
  static Duration rest(int times) {
    return doubled(FIRST_REST, times, LONGEST_REST);
  }

  /**
   * The pause before the next attempt while a viewer waits for a temporary failure to pass.
   *
   * @param attempts attempts in a row without a new byte, from 1
   * @param hasAnswered whether the provider sends bytes, but no new ones: each attempt costs it
   *     more than one at a provider that is down
   */
  static Duration ridden(int attempts, boolean hasAnswered) {
    return doubled(FIRST_PAUSE, attempts, hasAnswered ? LONGEST_REST : LONGEST_RIDDEN);
  }

  private static Duration doubled(Duration first, int times, Duration longest) {
    Duration time = first.multipliedBy(1L << Math.clamp(times - 1, 0, 10));
    return time.compareTo(longest) < 0 ? time : longest;
  }

  /**
   * Statuses with which servers and the proxies before them report what the next request may no
   * longer meet (public report b22): not ready yet, lost on the way, no backend.
   */
  static boolean isBrief(Failure failure) {
    int status = failure.upstreamStatus().orElse(0);
    return switch (status) {
      case 202, 408, 421, 425, 500, 502, 504, 530 -> true;
      default -> status >= 520 && status <= 527;
    };
  }

  /** The pause that the provider asks for, once, unless no player would wait that long. */
  private Optional<Duration> asked(Failure failure, int attempts) {
    return attempts <= 1 ? asked(failure, attempts, Duration.ZERO) : Optional.empty();
  }

  /**
   * The pause that the provider asks for, as often as a player waits. It is never shorter than the
   * usual pause: some providers state 0, or a time that has passed.
   */
  private Optional<Duration> asked(Failure failure, int attempts, Duration since) {
    Duration usual = doubled(FIRST_PAUSE, attempts, LONGEST_REST);
    return failure
        .retryAfter()
        .map(pause -> pause.compareTo(usual) > 0 ? pause : usual)
        .filter(pause -> since.plus(pause).compareTo(longestAsked) < 0);
  }

  private static Optional<Duration> pause(int attempts, int most) {
    if (attempts >= most) {
      return Optional.empty();
    }
    return Optional.of(
        attempts == 0 ? Duration.ZERO : doubled(FIRST_PAUSE, attempts, LONGEST_REST));
  }
}
