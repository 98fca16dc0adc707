package streamcache.seerr;

import java.time.Instant;
import java.util.Optional;

/** What to do in Seerr about a failing title. */
sealed interface Step {

  /** Report an issue with a work that Seerr considers available. */
  record Report(long media) implements Step {}

  /** Add a comment to our issue that the title still fails. */
  record Comment(long issue) implements Step {}

  /** Request the work, because it is not available. */
  record Request() implements Step {}

  /** Do nothing: Seerr already holds the request or the issue. */
  record Stands(SeerrAction.Kind kind, long number, String words) implements Step {}

  /** Nothing can be reported or requested. */
  record Refuse(String words) implements Step {}

  /**
   * Implements the table of docs/seerr.md.
   *
   * @param ours our open issue about the same film or episode
   */
  static Step of(SeerrMedia media, Optional<SeerrIssue> ours, MediaIdentity work, Instant now) {
    return switch (media.status()) {
      case SeerrMedia.UNKNOWN, SeerrMedia.DELETED -> request(work);
      case SeerrMedia.PENDING ->
          new Stands(SeerrAction.Kind.REQUESTED, 0, "was requested before and awaits approval");
      case SeerrMedia.PROCESSING ->
          new Stands(SeerrAction.Kind.REQUESTED, 0, "was requested before and is being fetched");
      case SeerrMedia.PARTLY_AVAILABLE, SeerrMedia.AVAILABLE -> report(media, ours, now);
      case SeerrMedia.BLOCKLISTED -> new Refuse("is on Seerr's block list");
      default -> new Refuse("has an unknown status in Seerr: " + media.status());
    };
  }

  private static Step request(MediaIdentity work) {
    boolean isWhole = work.likelyKind() == MediaIdentity.Kind.MOVIE || work.season().isPresent();
    return isWhole
        ? new Request()
        : new Refuse("is a series of unknown season; append &season=NUMBER to the link");
  }

  private static Step report(SeerrMedia media, Optional<SeerrIssue> ours, Instant now) {
    if (ours.isPresent()) {
      boolean isOld = !ours.get().lastWord().plus(Case.AGAIN_AFTER).isAfter(now);
      long number = ours.get().number();
      return isOld
          ? new Comment(number)
          : new Stands(SeerrAction.Kind.REPORTED, number, "issue " + number + " is open");
    }
    return media.id().isPresent()
        ? new Report(media.id().getAsLong())
        : new Refuse("is available in Seerr, but Seerr gives no media ID to report");
  }
}
