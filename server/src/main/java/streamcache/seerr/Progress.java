package streamcache.seerr;

import java.time.Instant;
import java.util.Optional;

/**
 * What was done about a case, and what is to be done next.
 *
 * @param due when to work on it, if it is queued
 * @param attempts failed in a row
 * @param sending when something was sent of which no answer is known yet
 * @param deed what stands in Seerr about it
 * @param words what happened last, for people
 * @param changed when that was
 */
record Progress(
    State state,
    Instant due,
    int attempts,
    Optional<Instant> sending,
    Optional<Deed> deed,
    String words,
    Instant changed) {

  static Progress begun(Instant now) {
    return new Progress(
        State.FAILING, now, /* attempts= */ 0, Optional.empty(), Optional.empty(), "", now);
  }

  Progress to(State next, String why, Instant now) {
    return new Progress(next, due, /* attempts= */ 0, sending, deed, why, now);
  }

  Progress dueAt(Instant when) {
    return new Progress(state, when, attempts, sending, deed, words, changed);
  }

  /** Once more later, for this reason. */
  Progress postponed(Instant until, String why, Instant now) {
    return new Progress(state, until, attempts + 1, sending, deed, why, now);
  }

  /** Something is about to be sent, and it may be that no answer comes. */
  Progress sendingAt(Instant when) {
    return new Progress(state, due, attempts, Optional.of(when), deed, words, changed);
  }

  /** What stands in Seerr is known. */
  Progress knowing(Optional<Deed> known) {
    return new Progress(state, due, attempts, Optional.empty(), known, words, changed);
  }

  /** When what was sent has surely arrived, or now. */
  Instant settled(Instant now) {
    Instant arrived = sending.map(at -> at.plus(Case.SETTLES)).orElse(now);
    return arrived.isAfter(now) ? arrived : now;
  }
}
