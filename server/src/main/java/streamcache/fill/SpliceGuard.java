package streamcache.fill;

import java.util.Optional;
import streamcache.origin.Facts;
import streamcache.store.Generation;
import streamcache.store.GenerationFacts;

/**
 * Decides whether the bytes of a new answer may stand beside those already stored. Pure; RFC 9110
 * section 15.3.7.3 asks for the same strong validator, providers without one for more caution.
 */
final class SpliceGuard {

  private SpliceGuard() {}

  /** Empty when they may be joined, else what speaks against it. */
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
    return generation.total().isPresent() && answer.total().isPresent()
        ? Optional.empty()
        : Optional.of("nothing shows that it is the same file");
  }
}
