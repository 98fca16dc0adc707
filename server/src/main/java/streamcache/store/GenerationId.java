package streamcache.store;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names of generations: 16 hex digits, random, so that no two versions ever share an ETag. */
final class GenerationId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private GenerationId() {}

  static String random() {
    return HexFormat.of().toHexDigits(RANDOM.nextLong());
  }
}
