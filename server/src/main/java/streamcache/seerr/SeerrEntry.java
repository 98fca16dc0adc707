package streamcache.seerr;

import java.time.Instant;

/**
 * One line of what the operator is shown.
 *
 * @param id for {@code retry} and {@code drop}
 * @param state in a word or two
 * @param isQueued whether something is to be done about it
 * @param due when, if so
 * @param words what happened last
 * @param changed when that was
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
    Progress progress = shown.progress();
    String failed = shown.fault().headline() + ", " + shown.fault().times().size() + " times";
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
