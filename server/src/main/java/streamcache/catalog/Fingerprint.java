package streamcache.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Numbers that stand for texts of an index, so that half a million fit into a small heap. */
final class Fingerprint {

  /** Even, since {@link PathTable} keeps a mark in the last bit; never zero. */
  private static final long MASK = ~1L;

  private static final long SMALLEST = 2;

  private Fingerprint() {}

  /** The first bits of the SHA-256 of {@code text}. */
  static long of(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      long number = ByteBuffer.wrap(digest).getLong() & MASK;
      return number == 0 ? SMALLEST : number;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
