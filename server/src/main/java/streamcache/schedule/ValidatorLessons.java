package streamcache.schedule;

/**
 * What was learned about the validators of an account, kept across restarts.
 *
 * @param areArbitrary whether they differed for the same bytes, so that they mean nothing
 * @param defeatRanges whether a range with an If-Range is answered with the whole file although the
 *     validator matches
 */
public record ValidatorLessons(boolean areArbitrary, boolean defeatRanges) {

  /** The lessons of a provider that was never contacted. */
  public static final ValidatorLessons NONE = new ValidatorLessons(false, false);
}
