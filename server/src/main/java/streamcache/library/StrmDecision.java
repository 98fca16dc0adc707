package streamcache.library;

/** What a rule says of one {@code .strm} file. */
public sealed interface StrmDecision {

  /** How a file changes. */
  enum Change {
    /** A link takes the place of a provider's URL. */
    WRAP,
    /** A link takes the place of one with another address, form or key. */
    REBASE,
    /** The provider's URL takes the place of a link. */
    UNWRAP
  }

  /**
   * The file changes.
   *
   * @param target what takes the place of the old target; may hold secrets
   * @param film what the file plays
   */
  record Changed(Change change, String target, StrmFilm film) implements StrmDecision {

    /** Omits the target, which may hold secrets. */
    @Override
    public String toString() {
      return change + "[" + film + "]";
    }
  }

  /**
   * The file is as it should be.
   *
   * @param base what its link begins with, before the path; holds no secret
   */
  record Kept(StrmFilm film, String base) implements StrmDecision {}

  /** The file is none for this rule. */
  record Left(LeftAlone reason) implements StrmDecision {}

  /**
   * Something is wrong with the file; it stays as it is.
   *
   * @param sentence what, and what to do; holds no secret
   */
  record Faulty(String sentence) implements StrmDecision {}
}
