package streamcache.seerr;

import java.time.Instant;
import java.util.Optional;

/** What is to be done in Seerr about a title that fails. */
sealed interface Step {

  /** Report it on a work that Seerr takes for available. */
  record Report(long media) implements Step {}

  /** Say in our issue that it still fails. */
  record Comment(long issue) implements Step {}

  /** Ask for it, since it is not there. */
  record Request() implements Step {}

  /** It stands there already. */
  record Stands(Deed.Kind kind, long number, String words) implements Step {}

  /** Nothing can be asked for. */
  record Refuse(String words) implements Step {}

  /**
   * The table of docs/seerr.md.
   *
   * @param ours our open issue about the same film or episode
   */
  static Step of(SeerrMedia media, Optional<SeerrIssue> ours, Work work, Instant now) {
    return switch (media.status()) {
      case SeerrMedia.UNKNOWN, SeerrMedia.DELETED -> request(work);
      case SeerrMedia.PENDING ->
          new Stands(Deed.Kind.REQUESTED, 0, "is requested already and waits for approval");
      case SeerrMedia.PROCESSING ->
          new Stands(Deed.Kind.REQUESTED, 0, "is requested already and being fetched");
      case SeerrMedia.PARTLY_AVAILABLE, SeerrMedia.AVAILABLE -> report(media, ours, now);
      case SeerrMedia.BLOCKLISTED -> new Refuse("is on Seerr's block list");
      default -> new Refuse("has a status in Seerr that is not known here: " + media.status());
    };
  }

  private static Step request(Work work) {
    boolean isWhole = work.likelyKind() == Work.Kind.MOVIE || work.season().isPresent();
    return isWhole
        ? new Request()
        : new Refuse("is a series, and nothing tells which season; put &season=NUMBER behind");
  }

  private static Step report(SeerrMedia media, Optional<SeerrIssue> ours, Instant now) {
    if (ours.isPresent()) {
      boolean isOld = !ours.get().lastWord().plus(Case.AGAIN_AFTER).isAfter(now);
      long number = ours.get().number();
      return isOld
          ? new Comment(number)
          : new Stands(Deed.Kind.REPORTED, number, "issue " + number + " is open");
    }
    return media.id().isPresent()
        ? new Report(media.id().getAsLong())
        : new Refuse("is available in Seerr, which names no media to report");
  }
}
