package streamcache.seerr;

import java.time.Instant;
import java.util.List;

/**
 * An issue in Seerr.
 *
 * @param season 0 for all
 * @param episode 0 for all
 * @param comments the report itself first
 */
record SeerrIssue(long number, boolean isOpen, int season, int episode, List<Comment> comments) {

  /** A text in an issue. */
  record Comment(String text, Instant at) {}

  /** Begins the last line of every text that this server writes. */
  static final String SIGN = "Streamcache, case ";

  SeerrIssue {
    comments = List.copyOf(comments);
  }

  /** Whether its report carries our signature, for any title. */
  boolean isOurs() {
    return !comments.isEmpty() && comments.getFirst().text().contains(SIGN);
  }

  /** Whether it was created for this case. */
  boolean isOf(Case made) {
    return !comments.isEmpty() && comments.getFirst().text().contains(SIGN + made.id());
  }

  boolean isAbout(MediaIdentity work) {
    return season == work.season().orElse(0) && episode == work.episode().orElse(0);
  }

  /** When this server last wrote to it. */
  Instant lastWord() {
    return comments.stream()
        .filter(comment -> comment.text().contains(SIGN))
        .map(Comment::at)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }
}
