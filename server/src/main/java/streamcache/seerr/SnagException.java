package streamcache.seerr;

/** Carries a {@link Snag} out of a call. */
final class SnagException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Snag snag;

  SnagException(Snag snag) {
    super(snag.words(), /* cause= */ null);
    this.snag = snag;
  }

  static SnagException trouble(String words) {
    return new SnagException(new Snag.Trouble(words));
  }

  static SnagException refused(String words) {
    return new SnagException(new Snag.Refused(words));
  }

  Snag snag() {
    return snag;
  }
}
