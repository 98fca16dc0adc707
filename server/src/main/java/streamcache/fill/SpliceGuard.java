package streamcache.fill;

import java.util.Optional;
import java.util.OptionalLong;
import streamcache.origin.Facts;
import streamcache.schedule.ValidatorUse;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;

/**
 * Decides whether the bytes of a new response may be combined with those already stored. Pure. RFC
 * 9110 section 15.3.7.3 requires the same strong validator; providers without one require more
 * caution.
 */
final class SpliceGuard {

  /** No clip that says "unavailable" is longer than this... */
  private static final long LONGEST_STUB = 64L << 20;

  /** ...and no new edition of a title is shorter than this fraction of the old one. */
  private static final long STUB_PART = 4;

  private SpliceGuard() {}

  /**
   * Whether the response is a clip in place of the title: far too short for what is known about it.
   * It must not replace the title.
   */
  static boolean isStub(OptionalLong known, OptionalLong answered) {
    return known.isPresent()
        && answered.isPresent()
        && answered.getAsLong() < LONGEST_STUB
        && answered.getAsLong() < known.getAsLong() / STUB_PART;
  }

  /** Whether a strong validator shows that it is the same file, byte for byte. */
  static boolean isVouched(Generation generation, Facts answer, ValidatorUse use) {
    return use.vouches()
        && answer.strongValidator().isPresent()
        && generation.facts().strongValidator().equals(answer.strongValidator());
  }

  /**
   * Whether the validators suggest another file, so that stored bytes must be compared before any
   * are joined with them.
   */
  static boolean isDisputed(Generation generation, Facts answer, ValidatorUse use) {
    GenerationFacts stored = generation.facts();
    boolean isUnvouched =
        stored.strongValidator().isPresent()
            && !stored.strongValidator().equals(answer.strongValidator());
    return use == ValidatorUse.CHECKED && (isUnvouched || hasOtherDate(stored, answer));
  }

  static boolean hasOtherLength(Generation generation, Facts answer) {
    return generation.total().isPresent()
        && answer.total().isPresent()
        && generation.total().getAsLong() != answer.total().getAsLong();
  }

  /**
   * Empty if they may be combined, else what the response headers say against it; see {@link
   * OverlapCheck}, {@link #isDisputed} and {@link #isSilent}.
   */
  static Optional<String> objection(Generation generation, Facts answer, ValidatorUse use) {
    if (hasOtherLength(generation, answer)) {
      return Optional.of("the length differs");
    }
    GenerationFacts stored = generation.facts();
    if (use == ValidatorUse.TRUSTED && hasOtherTag(stored, answer)) {
      return Optional.of("the validator differs");
    }
    if (use == ValidatorUse.TRUSTED && hasOtherDate(stored, answer)) {
      return Optional.of("the modification date differs");
    }
    return Optional.empty();
  }

  /**
   * Whether nothing in the head shows that it is the same file, so that only a comparison can. If
   * no length is known yet, the bytes that overlap decide.
   */
  static boolean isSilent(Generation generation, Facts answer, ValidatorUse use) {
    boolean isEqual = use.vouches() && hasEqualValidator(generation.facts(), answer);
    return generation.total().isPresent() && answer.total().isEmpty() && !isEqual;
  }

  private static boolean hasOtherTag(GenerationFacts stored, Facts answer) {
    return haveTags(stored, answer) && !stored.strongValidator().equals(answer.strongValidator());
  }

  /** A date counts only where there are no two tags. */
  private static boolean hasOtherDate(GenerationFacts stored, Facts answer) {
    return !haveTags(stored, answer)
        && stored.lastModified().isPresent()
        && answer.lastModified().isPresent()
        && !stored.lastModified().equals(answer.lastModified());
  }

  private static boolean hasEqualValidator(GenerationFacts stored, Facts answer) {
    return haveTags(stored, answer)
        ? stored.strongValidator().equals(answer.strongValidator())
        : stored.lastModified().isPresent() && stored.lastModified().equals(answer.lastModified());
  }

  private static boolean haveTags(GenerationFacts stored, Facts answer) {
    return stored.strongValidator().isPresent() && answer.strongValidator().isPresent();
  }
}
