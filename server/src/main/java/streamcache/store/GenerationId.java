package streamcache.store;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Identifiers of generations: 16 random hex digits, so that no two versions ever share an ETag. */
final class GenerationId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private GenerationId() {}

  static String random() {
    return HexFormat.of().toHexDigits(RANDOM.nextLong());
  }
}
