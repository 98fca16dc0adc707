package streamcache.fill;

import java.util.Optional;
import java.util.OptionalLong;
import streamcache.origin.Facts;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;

/**
 * Decides whether the bytes of a new answer may stand beside those already stored. Pure; RFC 9110
 * section 15.3.7.3 asks for the same strong validator, providers without one for more caution.
 */
final class SpliceGuard {

  /** No clip that says "unavailable" is longer... */
  private static final long LONGEST_STUB = 64L << 20;

  /** ...and no new edition of a film is shorter than this part of the old one. */
  private static final long STUB_PART = 4;

  private SpliceGuard() {}

  /**
   * Whether the answer is no film but a clip in its place: far too short for what is known of the
   * title. It must not take the place of the film.
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

  /** Empty when they may be joined, else what the heads say against it; see {@link Seam}. */
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
    // Where neither tells a length, the bytes that are stored are all compared as they come again.
    return generation.total().isPresent() == answer.total().isPresent()
        ? Optional.empty()
        : Optional.of("nothing shows that it is the same file");
  }
}
