package streamcache.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import streamcache.settings.SecretText;

/**
 * Signs a notice as Standard Webhooks 1.0 specifies, so that existing libraries can verify it:
 * HMAC-SHA256 over id, timestamp in seconds and body. Pure.
 */
final class Signature {

  private static final String ALGORITHM = "HmacSHA256";

  /** This prefix is followed by a key in base64; without it the text itself is the key. */
  private static final String ENCODED = "whsec_";

  private Signature() {}

  static String of(SecretText secret, String id, long second, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(secret.reveal()), ALGORITHM));
      byte[] digest = mac.doFinal((id + "." + second + "." + body).getBytes(UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  private static byte[] key(String secret) {
    if (secret.startsWith(ENCODED) && secret.length() > ENCODED.length()) {
      try {
        return Base64.getDecoder().decode(secret.substring(ENCODED.length()));
      } catch (IllegalArgumentException notEncoded) {
        // Not base64: the text itself is the key.
      }
    }
    return secret.getBytes(UTF_8);
  }
}
