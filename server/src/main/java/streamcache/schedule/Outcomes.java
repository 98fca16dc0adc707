package streamcache.schedule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import streamcache.origin.Failure;

/**
 * Handles the end of a connection: what its account learns, when its title is requested again, and
 * which players are failed. {@link #failed} answers "what happens on a 403". Part of an account;
 * times are monotonic nanoseconds.
 */
final class Outcomes {

  private static final Failure NOTHING_NEW =
      new Failure.Broken(OptionalInt.empty(), "the provider brings nothing new");

  private final Budget budget;
  private final Retry retry;
  private final RangeRefusals ranges;
  private final BooleanSupplier delivers;
  private final RandomGenerator random;
  private final Effects effects;

  /** The last refusal that stated the connection limit as its cause, until the next acceptance. */
  private Optional<Refusal> said = Optional.empty();

  /**
   * @param delivers whether a connection of the account delivers bytes
   */
  Outcomes(
      Budget budget,
      Retry retry,
      RangeRefusals ranges,
      BooleanSupplier delivers,
      RandomGenerator random,
      Effects effects) {
    this.budget = budget;
    this.retry = retry;
    this.ranges = ranges;
    this.delivers = delivers;
    this.random = random;
    this.effects = effects;
  }

  /**
   * A title is accepted, which ends holds and shows why a request was refused before: one for this
   * title, or else the last one refused for the connection limit, which may not have been requested
   * again because its player had waited for longer than players do.
   */
  void accepted(TrackedTitle title, long now) {
    title.refusal().or(() -> said).ifPresent(refusal -> refusal.teach(budget, now));
    said = Optional.empty();
    budget.accepted(now);
  }

  /**
   * @param cut whether we cut it, so that the provider has yet to notice
   */
  private void closed(TrackedConnection connection, boolean cut, long now) {
    if (connection.isCopy()) {
      budget.unopened();
    } else {
      budget.closed(cut, now);
    }
  }

  /** The connection has ended; it was already removed from its title. */
  void ended(TrackedConnection connection, AccountEvent.ConnectionEnded ended, long now) {
    Brought brought = ended.brought();
    switch (ended.end()) {
      case ConnectionEnd.Finished _ -> {
        closed(connection, /* cut= */ !brought.isSpent(), now);
        TrackedTitle title = connection.title();
        if (!brought.hasProgress() && !connection.isClosing() && !title.isComplete()) {
          retry(connection, NOTHING_NEW, brought, now);
        }
      }
      case ConnectionEnd.Closed _ -> {
        closed(connection, /* cut= */ !brought.isSpent(), now);
        if (brought.isWhole() && !brought.hasProgress()) {
          // The next one would read the same again from the beginning, and be interrupted again.
          connection.title().retry().crowdedOut(now);
        }
      }
      case ConnectionEnd.StoreRefused _ -> {
        closed(connection, /* cut= */ true, now);
        boolean atOnce = brought.stored() < Supply.NEXT_BYTES;
        wakeAfter(RetryState.FILL_REST);
        wakeAfter(connection.title().storeRefused(atOnce, now));
      }
      case ConnectionEnd.Failed(Failure failure) ->
          failed(connection, failure, ended.hasStarted(), brought, now);
    }
    wakeWhenFree(now);
  }

  /**
   * The provider did not send what the connection was opened for, or not all of it. The rules apply
   * in this order:
   *
   * <ol>
   *   <li>A refusal that may be due to the number of our connections fails no player: the title or
   *       the account waits and is retried.
   *   <li>If the title has another connection, it continues with that connection alone.
   *   <li>A refusal that may be due to the User-Agent is retried with another one.
   *   <li>A refusal that may be due to the Range is retried once without one.
   *   <li>A player that requested bytes beyond the end of an unknown title is refused; the title
   *       itself is not failed.
   *   <li>A file that has changed is requested from its beginning.
   *   <li>Otherwise the title is retried after a pause, or it is given up and its players are
   *       failed.
   * </ol>
   */
  private void failed(
      TrackedConnection connection,
      Failure failure,
      boolean hasStarted,
      Brought brought,
      long now) {
    TrackedTitle title = connection.title();
    if (!connection.hasAnswered() && isOneTooMany(title, failure, now)) {
      return;
    }
    if (!hasStarted) {
      budget.unopened();
    } else if (!connection.hasAnswered() && isRefused(failure) && Retry.mayMeanTooMany(failure)) {
      // It never counted. Recorded as a closed one, it would hide the cause of the next refusal.
      budget.rejected(now);
    } else {
      closed(connection, isToBeNoticed(failure), now);
    }
    retry(connection, failure, brought, now);
  }

  private void retry(TrackedConnection connection, Failure failure, Brought brought, long now) {
    TrackedTitle title = connection.title();
    RetryState retry = title.retry();
    if (!title.connections().isEmpty()) {
      retry.failedBesideAnother(now);
      return;
    }
    if (!connection.hasAnswered() && isAskedOtherwise(connection, failure, now)) {
      return;
    }
    if (failure instanceof Failure.OutOfRange && !title.stored().isKnown()) {
      title.tellWaiting(failure, connection.start());
      return;
    }
    if (isOfAnotherFile(title, failure) && retry.startsOver()) {
      return;
    }
    switch (retry.failed(attempt(connection, failure, brought, now), now)) {
      case RetryDecision.Pause(Duration pause) -> wakeAfter(pause);
      case RetryDecision.GiveUp(Duration rest) -> {
        wakeAfter(rest);
        title.context().givenUp();
        forgetUnlessPlayed(title);
        title.tellWaiting(failure, /* from= */ 0);
        effects.add(new Effect.TitleFailed(title.key(), failure));
      }
    }
  }

  /**
   * Whether a refusal is attributed to the number of our connections, so that it is not reported.
   * Some statuses state that cause: then the whole account waits. Others imply it only sometimes:
   * then just the title waits, unless closed connections are most likely to blame. The real cause
   * shows when the title is accepted ({@link Refusal#teach}).
   */
  private boolean isOneTooMany(TrackedTitle title, Failure failure, long now) {
    if (!Retry.mayMeanTooMany(failure) || !budget.mayBeToBlame(now)) {
      return false;
    }
    boolean isClosedToBlame = budget.isClosedToBlame(now);
    Refusal refusal = Refusal.next(title.refusal(), failure, budget, now);
    boolean isPatient = isClosedToBlame || title.stored().isKnown();
    Optional<Duration> pause = title.retry().refused(refusal, isPatient, now);
    boolean isAgentNext = pause.isEmpty() && title.context().hasAnother(failure, now);
    if (failure instanceof Failure.Limit && !isAgentNext) {
      said = Optional.of(refusal);
      budget.refused(random.nextDouble(), now);
      budget.hold(Retry.honouring(failure, Duration.ZERO), now);
      return true;
    }
    if (pause.isEmpty()) {
      return false;
    }
    if (isClosedToBlame) {
      budget.suspected(random.nextDouble(), now);
    } else {
      budget.rejected(now);
    }
    wakeAfter(pause.get());
    return true;
  }

  private boolean isAskedOtherwise(TrackedConnection connection, Failure failure, long now) {
    TrackedTitle title = connection.title();
    return isAskedWithAnother(title, connection.terms(), failure, now)
        || isAskedWithoutRange(title, connection.terms(), failure, connection.start(), now);
  }

  private static boolean isAskedWithAnother(
      TrackedTitle title, RequestTerms terms, Failure failure, long now) {
    boolean isAsked = title.context().refused(terms.agent(), failure, now);
    if (isAsked) {
      title.retry().blamesRequest();
    }
    return isAsked;
  }

  /**
   * Whether a title is asked for at once without a Range, in the slot that the refused request had.
   * While others deliver, a status that providers also use for the number of connections means
   * that.
   */
  private boolean isAskedWithoutRange(
      TrackedTitle title, RequestTerms terms, Failure failure, long start, long now) {
    RetryState retry = title.retry();
    if (!terms.sendsRange()) {
      if (isRefused(failure) && title.support().hasOmittedRange()) {
        title.support().refusedAnyway();
        ranges.refusedAnyway(now);
      }
      return false;
    }
    boolean isAsked =
        ranges.mayBeMeant(failure, start, title.stored(), retry.attempts())
            && !(Retry.mayMeanTooMany(failure) && delivers.getAsBoolean())
            && retry.mayAskWithoutRange(now)
            && ranges.mayAskWithout(now);
    if (isAsked) {
      retry.asksWithoutRange(now);
      title.support().rangeRefused();
    }
    title.support().checkFailed();
    return isAsked;
  }

  /**
   * Whether the provider now has another file, or one that ends before the end of the stored one.
   */
  private static boolean isOfAnotherFile(TrackedTitle title, Failure failure) {
    if (failure instanceof Failure.OutOfRange outOfRange && isShorter(title, outOfRange)) {
      title.support().shortened();
      return true;
    }
    if (failure instanceof Failure.Changed && title.support().isDoubted()) {
      forgetUnlessPlayed(title);
      return true;
    }
    return false;
  }

  /**
   * Whether the provider states another length than the known one; after a mere refusal the title
   * is retried.
   */
  private static boolean isShorter(TrackedTitle title, Failure.OutOfRange failure) {
    OptionalLong known = title.stored().total();
    return failure.total().isPresent() && !failure.total().equals(known);
  }

  private static void forgetUnlessPlayed(TrackedTitle title) {
    if (title.demands().isEmpty()) {
      title.completion().forget();
    }
  }

  private static Attempt attempt(
      TrackedConnection connection, Failure failure, Brought brought, long now) {
    TrackedTitle title = connection.title();
    return new Attempt(
        failure,
        brought.hasProgress(),
        connection.hasAnswered(),
        brought.isWhole(),
        title.stored().isKnown(),
        audience(title, failure, now));
  }

  /** Who waits for a title that has failed in this way. */
  private static Audience audience(TrackedTitle title, Failure failure, long now) {
    List<TrackedDemand> waiting =
        title.demands().stream()
            .filter(demand -> demand.isWaiting() || demand.isWatching(now))
            .toList();
    if (waiting.stream().anyMatch(demand -> demand.rides(failure))) {
      return Audience.VIEWER;
    }
    return waiting.isEmpty() ? Audience.NOBODY : Audience.NEWCOMER;
  }

  /**
   * A pass failed before its first byte. It is retried as a title would be: at once with another
   * User-Agent or without a Range, unless the number of connections may be to blame.
   *
   * @param isLate whether its player has waited long enough
   */
  void passFailed(TrackedPass pass, RequestTerms terms, Failure failure, boolean isLate, long now) {
    int attempts = pass.attempts() + 1;
    TrackedTitle title = pass.demand().title();
    boolean isAboutNumber =
        Retry.mayMeanTooMany(failure)
            && budget.mayBeToBlame(now)
            && retry.ofPass(failure, attempts, /* isLate= */ true).isPresent();
    boolean isAskedAgain =
        !isAboutNumber
            && (isAskedWithAnother(title, terms, failure, now)
                || isAskedWithoutRange(title, terms, failure, pass.demand().position(), now));
    if (!isAskedAgain) {
      pass.failed();
    }
    Optional<Duration> pause =
        isAskedAgain ? Optional.of(Duration.ZERO) : retry.ofPass(failure, attempts, isLate);
    effects.add(
        pause
            .<Effect>map(time -> new Effect.RetryPass(pass.id(), time))
            .orElse(new Effect.FailPass(pass.id())));
  }

  /**
   * Whether the provider may still count the connection for a moment: because we abandoned a
   * response that it had or may have begun, or because it closed the connection itself and may
   * release it a little later.
   */
  private static boolean isToBeNoticed(Failure failure) {
    return !isRefused(failure) && !(failure instanceof Failure.Unreachable);
  }

  private static boolean isRefused(Failure failure) {
    return failure.upstreamStatus().orElse(200) / 100 != 2;
  }

  void wakeAfter(Duration time) {
    effects.add(new Effect.WakeAfter(time));
  }

  /** Schedules a wake-up for when time alone may free a slot. */
  void wakeWhenFree(long now) {
    long next = budget.nextChange(now);
    if (next > 0) {
      wakeAfter(Duration.ofNanos(next));
    }
  }
}
