package streamcache.fill;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import streamcache.origin.Failure;

/**
 * What has gone wrong with one title of late, and until when it is left alone for that. Belongs to
 * a fill; guarded by the account's lock. Times are monotonic nanoseconds.
 */
final class Setbacks {

  /** After the store refused bytes, how long no connection is spent to see it again. */
  static final Duration STORE_REST = Duration.ofSeconds(5);

  /** What nobody waits for rests twice as long each time, up to five minutes and a bit. */
  private static final int MOST_DOUBLINGS = 6;

  /** How long a title gets one connection after a second one has failed beside the first. */
  private static final Duration ALONE = Duration.ofSeconds(60);

  /** Before this nothing is opened. */
  private long pausedUntil;

  /** Before this no byte is fetched that nobody waits for. */
  private long storeRestsUntil;

  /** Before this the store is taken to refuse whatever is brought. */
  private long storeRefusesUntil;

  /** How often in a row the store has taken hardly a byte. */
  private int storeRefusals;

  /** Before this one connection has to do. */
  private long aloneUntil;

  /** Attempts in a row without a byte. */
  private int attempts;

  /** How often in a row the title was given up. */
  private int rests;

  /** Why the title rests, while it does. */
  private @Nullable Failure resting;

  /** The last refusal that may have been about the number of connections; null after a success. */
  private @Nullable Refusal refusal;

  Setbacks(long now) {
    this.pausedUntil = now;
    this.storeRestsUntil = now;
    this.storeRefusesUntil = now;
    this.aloneUntil = now;
  }

  boolean isPaused(long now) {
    return pausedUntil - now > 0;
  }

  /** Whether a second connection has failed beside the first not long ago. */
  boolean isAlone(long now) {
    return aloneUntil - now > 0;
  }

  boolean isStoreAtRest(long now) {
    return storeRestsUntil - now > 0;
  }

  /** Whether a connection that is opened now would be in vain, for all that is known. */
  boolean storeRefuses(long now) {
    return storeRefusesUntil - now > 0;
  }

  /** Why whoever asks now is failed at once; empty when the title may be asked for. */
  Optional<Failure> resting(long now) {
    return isPaused(now) ? Optional.ofNullable(resting) : Optional.empty();
  }

  /** What the provider said when it refused the title, while it has not accepted it since. */
  Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** The provider gives bytes: all is forgotten. */
  void forget() {
    attempts = 0;
    rests = 0;
    resting = null;
    refusal = null;
  }

  /** What was forbidden to one who is not trusted says nothing about one who is. */
  void pardonForbidden(long now) {
    if (resting instanceof Failure.Forbidden) {
      resting = null;
      pausedUntil = now;
    }
  }

  void failedBesideAnother(long now) {
    aloneUntil = now + ALONE.toNanos();
  }

  /** The store has taken more than hardly a byte. */
  void storeTook() {
    storeRefusals = 0;
  }

  /**
   * @param atOnce whether hardly a byte was taken
   * @return for how long nothing is fetched that nobody waits for
   */
  Duration storeRefused(boolean atOnce, long now) {
    Duration rest = STORE_REST.multipliedBy(1L << Math.min(storeRefusals, MOST_DOUBLINGS));
    storeRestsUntil = now + rest.toNanos();
    if (atOnce) {
      storeRefusals++;
      storeRefusesUntil = now + STORE_REST.toNanos();
    }
    return rest;
  }

  /**
   * A connection was refused, maybe only because of other connections.
   *
   * @param isPatient whether the title has bytes or facts already, or closed connections are most
   *     likely to blame
   * @return how long the title is left alone; empty when it has been refused so often that the
   *     reason must be another
   */
  Optional<Duration> refused(Refusal now, boolean isPatient, long at) {
    refusal = now;
    Optional<Duration> pause = now.pause(isPatient);
    pause.ifPresent(time -> pausedUntil = at + time.toNanos());
    return pause;
  }

  /**
   * The only connection has failed.
   *
   * @param hasBrought whether it has brought bytes
   * @param isKnown whether the title has bytes or facts already
   * @param isRidden whether a player in mid-film waits until it passes
   */
  Verdict failed(Failure failure, boolean hasBrought, boolean isKnown, boolean isRidden, long now) {
    attempts = hasBrought ? 0 : attempts + 1;
    Optional<Duration> pause =
        isRidden && rests > 0 ? Optional.empty() : Retry.after(failure, attempts, isKnown);
    if (pause.isPresent()) {
      pausedUntil = now + pause.get().toNanos();
      return new Verdict.Pause(pause.get());
    }
    rests++;
    attempts = 0;
    resting = failure;
    Duration rest = isRidden ? Retry.ridden(rests) : Retry.rest(rests);
    pausedUntil = now + rest.toNanos();
    return new Verdict.GiveUp(rest);
  }
}
