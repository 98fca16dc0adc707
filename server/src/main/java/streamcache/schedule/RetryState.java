package streamcache.schedule;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import streamcache.origin.Failure;

/**
 * The recent failures of one title, and until when it is not requested because of them. Belongs to
 * a title. Times are monotonic nanoseconds.
 */
final class RetryState {

  /**
   * After the store refused bytes, or a connection was closed before it delivered any: how long no
   * connection is opened only to meet the same result.
   */
  static final Duration FILL_REST = Duration.ofSeconds(5);

  /** A fill rests twice as long each time, up to a little over five minutes. */
  private static final int MOST_DOUBLINGS = 6;

  /** How long a title gets only one connection after a second one failed beside the first. */
  private static final Duration ALONE = Duration.ofSeconds(60);

  /** How long it is remembered that a title was given up, after its rest has ended. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  /**
   * How long a title is not asked for without a Range again: a provider that refuses everything
   * gets no second request for each refused one.
   */
  static final Duration WITHOUT_RANGE_AGAIN = Duration.ofMinutes(1);

  /** The attempts of a title start over for new players no more often than this. */
  private static final Duration START_OVER_INTERVAL = Duration.ofSeconds(30);

  private final Retry retry;

  /** Until this time nothing is opened. */
  private long pausedUntil;

  /** Whether the provider itself has asked for the pause. */
  private boolean isPauseAsked;

  /** Until this time the title is not filled. */
  private long fillRestsUntil;

  /** Until this time the store is assumed to refuse all bytes. */
  private long storeRefusesUntil;

  /** How often in a row the store has accepted hardly a byte. */
  private int storeRefusals;

  /** How often in a row a connection had to free its slot before it delivered anything. */
  private int crowdings;

  /** Until this time the title gets only one connection. */
  private long aloneUntil;

  /**
   * How often in a row a file may be read from its start without a new byte. After that the failure
   * is reported to every waiting player, however patient.
   */
  private static final int MOST_WHOLES = 3;

  /** How often in a row another file is requested at once. */
  private static final int MOST_STARTS_OVER = 2;

  /** Attempts in a row without a new byte. */
  private int attempts;

  /** When the first of these attempts failed. */
  private long failsSince;

  /** How often the file was read from its start since the last new byte. */
  private int wholes;

  /**
   * Whether the title rests because nobody waited for it. A request that arrives then does not
   * wait.
   */
  private boolean isUnawaited;

  /** When the attempts last started over for a player. */
  private long startedOverAt;

  /** How often in a row the title was given up. */
  private int rests;

  /** Why the title rests, while it does. */
  private @Nullable Failure resting;

  private boolean hasAskedWithoutRange;

  /** When the title was last asked for without a Range because one with a Range was refused. */
  private long askedWithoutRange;

  /** The last refusal that may have been due to the number of connections; null after a success. */
  private @Nullable Refusal refusal;

  /**
   * @param retry decides on pauses
   */
  RetryState(Retry retry, long now) {
    this.retry = retry;
    this.pausedUntil = now;
    this.fillRestsUntil = now;
    this.storeRefusesUntil = now;
    this.aloneUntil = now;
    this.startedOverAt = now - START_OVER_INTERVAL.toNanos();
  }

  /**
   * Whether the next player is to be treated accordingly. A refusal is kept although its player has
   * left: each new one would otherwise be the first, and be blamed on a connection that has just
   * been closed.
   */
  boolean areToBeKept() {
    return rests > 0 || hasAskedWithoutRange || refusal != null;
  }

  /** Whether all of it is too old to be relevant. */
  boolean areOld(long now) {
    return now - pausedUntil > KEPT.toNanos();
  }

  /** Attempts in a row without a new byte. */
  int attempts() {
    return attempts;
  }

  boolean isPaused(long now) {
    return pausedUntil - now > 0;
  }

  /** Whether the title is paused because the provider asked for that. */
  boolean isAskedToWait(long now) {
    return isPaused(now) && isPauseAsked;
  }

  /** Whether a second connection recently failed beside the first. */
  boolean isAlone(long now) {
    return aloneUntil - now > 0;
  }

  boolean isFillAtRest(long now) {
    return fillRestsUntil - now > 0;
  }

  /** Whether the store would most likely refuse the bytes of a connection opened now. */
  boolean storeRefuses(long now) {
    return storeRefusesUntil - now > 0;
  }

  /** The failure for requests that arrive now; empty when the title may be requested. */
  Optional<Failure> resting(long now) {
    return isPaused(now) ? Optional.ofNullable(resting) : Optional.empty();
  }

  /** The last refusal of the title, while the provider has not accepted it since. */
  Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** The provider accepted the title; whether it sends anything new is not yet known. */
  void accepted() {
    refusal = null;
  }

  /** A byte arrived that was not stored before: the failures are forgotten. */
  void progress() {
    hasAskedWithoutRange = false;
    attempts = 0;
    crowdings = 0;
    wholes = 0;
    rests = 0;
    resting = null;
    isUnawaited = false;
  }

  /**
   * A player begins to wait for the title, which ends a rest that began while nobody waited. The
   * attempts start over once per {@link #START_OVER_INTERVAL}: otherwise a player that reconnects
   * again and again would make us ask a busy provider at full pace.
   */
  void asked(long now) {
    if (isUnawaited) {
      isUnawaited = false;
      resting = null;
      pausedUntil = now;
      if (now - startedOverAt >= START_OVER_INTERVAL.toNanos()) {
        startedOverAt = now;
        attempts = 0;
      }
    }
  }

  /** Whether the provider sends the file only from its start, and nothing new in it. */
  boolean isExhausted() {
    return wholes >= MOST_WHOLES;
  }

  /**
   * The file has changed and is to be requested from its beginning.
   *
   * @return whether to request it at once, since that has not failed repeatedly
   */
  boolean startsOver() {
    attempts++;
    return attempts <= MOST_STARTS_OVER;
  }

  /** A request forbidden to an untrusted client says nothing about a trusted one. */
  void pardonForbidden(long now) {
    if (resting instanceof Failure.Forbidden) {
      resting = null;
      pausedUntil = now;
    }
  }

  /** A refusal of one User-Agent says nothing about another. */
  void pardonRefused(long now) {
    if (resting != null && Agents.isAboutAgents(resting)) {
      resting = null;
      pausedUntil = now;
    }
  }

  /**
   * The title is retried with another User-Agent or without a Range, so that success says nothing
   * about the number of connections.
   */
  void blamesRequest() {
    refusal = null;
  }

  /** Whether the title may be asked for without a Range, after a request with one was refused. */
  boolean mayAskWithoutRange(long now) {
    return !hasAskedWithoutRange || now - askedWithoutRange >= WITHOUT_RANGE_AGAIN.toNanos();
  }

  void asksWithoutRange(long now) {
    hasAskedWithoutRange = true;
    askedWithoutRange = now;
    blamesRequest();
  }

  void failedBesideAnother(long now) {
    aloneUntil = now + ALONE.toNanos();
  }

  /** The store has accepted a significant number of bytes. */
  void storeTook() {
    storeRefusals = 0;
  }

  /**
   * @param atOnce whether hardly a byte was accepted
   * @return for how long the title is not filled
   */
  Duration storeRefused(boolean atOnce, long now) {
    Duration rest = fillRests(storeRefusals, now);
    if (atOnce) {
      storeRefusals++;
      storeRefusesUntil = now + FILL_REST.toNanos();
    }
    return rest;
  }

  /**
   * A connection that delivered nothing was closed for others: because of the limit on all
   * accounts, or for a player of another title while it read what is stored. As long as nobody
   * waits for the title, it is not reopened at once, only to deliver nothing again.
   */
  void crowdedOut(long now) {
    var _ = fillRests(crowdings++, now);
  }

  private Duration fillRests(int before, long now) {
    Duration rest = FILL_REST.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    fillRestsUntil = now + rest.toNanos();
    return rest;
  }

  /**
   * A connection was refused, possibly only because of other connections.
   *
   * @param isPatient whether the title already has bytes or facts, or closed connections are most
   *     likely to blame
   * @return how long the title is paused; empty when it has been refused so often that there must
   *     be another cause
   */
  Optional<Duration> refused(Refusal now, boolean isPatient, long at) {
    refusal = now;
    Optional<Duration> pause = now.pause(isPatient);
    pause.ifPresent(time -> {
      pausedUntil = at + time.toNanos();
      isPauseAsked = now.failure().retryAfter().isPresent();
    });
    return pause;
  }

  /** The only connection ended before everything had arrived. */
  RetryDecision failed(Attempt attempt, long now) {
    attempts = attempt.hasBrought() ? 0 : attempts + 1;
    failsSince = attempts <= 1 ? now : failsSince;
    wholes = attempt.hasBrought() ? 0 : attempt.isWhole() ? wholes + 1 : wholes;
    Optional<Duration> pause = isExhausted() ? Optional.empty() : pause(attempt, now);
    isPauseAsked = pause.isPresent() && attempt.failure().retryAfter().isPresent();
    if (pause.isPresent()) {
      pausedUntil = now + pause.get().toNanos();
      return new RetryDecision.Pause(pause.get());
    }
    Duration rest = Retry.honouring(attempt.failure(), rest(attempt));
    resting = attempt.failure();
    pausedUntil = now + rest.toNanos();
    return new RetryDecision.GiveUp(rest);
  }

  private Optional<Duration> pause(Attempt attempt, long now) {
    return retry.after(
        attempt.failure(),
        attempts,
        attempt.isKnown(),
        attempt.audience(),
        Duration.ofNanos(now - failsSince));
  }

  /** How long the title rests. Viewers keep waiting, unless it is exhausted. */
  private Duration rest(Attempt attempt) {
    if (attempt.audience() == Audience.VIEWER && !isExhausted()) {
      return Retry.ridden(attempts, attempt.hasAnswered());
    }
    rests++;
    isUnawaited = attempt.audience() == Audience.NOBODY && !isExhausted();
    attempts = attempt.audience() == Audience.NOBODY ? attempts : 0;
    return Retry.rest(rests);
  }
}
