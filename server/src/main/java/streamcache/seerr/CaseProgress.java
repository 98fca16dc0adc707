package streamcache.seerr;

import java.time.Instant;
import java.util.Optional;

/**
 * What was done about a case, and what is to be done next.
 *
 * @param due when to work on it, if it is queued
 * @param attempts consecutive failed attempts
 * @param sending when a request was sent whose response is not known yet
 * @param action what Seerr holds about the title
 * @param words what happened last, for people
 * @param changed when that happened
 */
record CaseProgress(
    State state,
    Instant due,
    int attempts,
    Optional<Instant> sending,
    Optional<SeerrAction> action,
    String words,
    Instant changed) {

  static CaseProgress begun(Instant now) {
    return new CaseProgress(
        State.FAILING, now, /* attempts= */ 0, Optional.empty(), Optional.empty(), "", now);
  }

  CaseProgress to(State next, String why, Instant now) {
    return new CaseProgress(next, due, /* attempts= */ 0, sending, action, why, now);
  }

  CaseProgress dueAt(Instant when) {
    return new CaseProgress(state, when, attempts, sending, action, words, changed);
  }

  /** Postpones the next attempt, for the given reason. */
  CaseProgress postponed(Instant until, String why, Instant now) {
    return new CaseProgress(state, until, attempts + 1, sending, action, why, now);
  }

  /** Records that a request is about to be sent, in case no response arrives. */
  CaseProgress sendingAt(Instant when) {
    return new CaseProgress(state, due, attempts, Optional.of(when), action, words, changed);
  }

  /** Records what Seerr holds about the title. */
  CaseProgress knowing(Optional<SeerrAction> known) {
    return new CaseProgress(state, due, attempts, Optional.empty(), known, words, changed);
  }

  /** When a pending request has surely arrived, or now. */
  Instant settled(Instant now) {
    Instant arrived = sending.map(at -> at.plus(Case.SETTLES)).orElse(now);
    return arrived.isAfter(now) ? arrived : now;
  }
}
