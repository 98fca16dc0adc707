package streamcache.seerr;

/** Carries a {@link SeerrError} out of a call. */
final class SeerrException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient SeerrError error;

  SeerrException(SeerrError error) {
    super(error.words(), /* cause= */ null);
    this.error = error;
  }

  static SeerrException trouble(String words) {
    return new SeerrException(new SeerrError.Trouble(words));
  }

  static SeerrException refused(String words) {
    return new SeerrException(new SeerrError.Refused(words));
  }

  SeerrError snag() {
    return error;
  }
}
