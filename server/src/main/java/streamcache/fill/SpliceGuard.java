package streamcache.fill;

import java.util.Optional;
import java.util.OptionalLong;
import streamcache.origin.Facts;
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

  /** Whether a strong validator says that it is the same file, byte for byte. */
  static boolean isVouched(Generation generation, Facts answer) {
    return answer.strongValidator().isPresent()
        && generation.facts().strongValidator().equals(answer.strongValidator());
  }

  /**
   * Empty if they may be combined, else what the response headers say against it; see {@link
   * OverlapCheck}.
   */
  static Optional<String> objection(Generation generation, Facts answer) {
    GenerationFacts stored = generation.facts();
    if (generation.total().isPresent()
        && answer.total().isPresent()
        && generation.total().getAsLong() != answer.total().getAsLong()) {
      return Optional.of("the length differs");
    }
    if (stored.strongValidator().isPresent() && answer.strongValidator().isPresent()) {
      return stored.strongValidator().equals(answer.strongValidator())
          ? Optional.empty()
          : Optional.of("the validator differs");
    }
    if (stored.lastModified().isPresent() && answer.lastModified().isPresent()) {
      return stored.lastModified().equals(answer.lastModified())
          ? Optional.empty()
          : Optional.of("the modification date differs");
    }
    // If no length is known yet, the overlapping bytes decide.
    return generation.total().isPresent() && answer.total().isEmpty()
        ? Optional.of("nothing shows that it is the same file")
        : Optional.empty();
  }
}
