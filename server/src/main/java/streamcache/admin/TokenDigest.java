package streamcache.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The SHA-256 of a token, by which tokens are kept and compared. A fast digest is enough for tokens
 * of 256 random bits; comparing digests takes the same time wherever they differ. Any thread.
 *
 * @param hex 64 lower-case hex digits
 */
record TokenDigest(String hex) {

  private static final int TOKEN_BYTES = 32;

  TokenDigest {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a digest");
    }
  }

  static TokenDigest of(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return new TokenDigest(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every platform has SHA-256", e);
    }
  }

  /** A new token of 256 random bits, of letters that need no quotes anywhere. */
  static String newToken() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  boolean isOf(TokenDigest presented) {
    return MessageDigest.isEqual(
        hex.getBytes(StandardCharsets.US_ASCII), presented.hex.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "TokenDigest";
  }
}
