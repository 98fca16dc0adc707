package streamcache.seerr;

import java.time.Instant;

/**
 * One line of the listing for the operator.
 *
 * @param id for {@code retry} and {@code drop}
 * @param state in a word or two
 * @param isQueued whether something remains to be done
 * @param due when it is to be done, if it is queued
 * @param words what happened last
 * @param changed when that happened
 */
public record SeerrEntry(
    String id,
    String name,
    String host,
    String state,
    boolean isQueued,
    Instant due,
    String words,
    Instant changed) {

  static SeerrEntry of(Case shown) {
    CaseProgress progress = shown.progress();
    String failed = shown.fault().headline() + " (failures: " + shown.fault().times().size() + ")";
    return new SeerrEntry(
        shown.id(),
        shown.subject().name(),
        shown.subject().host(),
        progress.state().words(),
        progress.state().isQueued(),
        progress.due(),
        progress.words().isEmpty() ? failed : progress.words(),
        progress.changed());
  }
}
