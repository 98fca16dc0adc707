package streamcache.cluster;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys derived from {@code CLUSTER_KEY}, one for each use (HKDF-SHA256), so that a text of one
 * use never passes for one of another. Immutable, any thread; never shown.
 */
public final class ClusterKey {

  private static final int BYTES = 32;
  private static final String HMAC = "HmacSHA256";

  private final byte[] secret;
  private final SecretKey messages;
  private final SecretKey relays;
  private final SecretKey digests;

  public ClusterKey(String secret) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.messages = derived("cluster messages", "AES");
    this.relays = derived("cluster relays", HMAC);
    this.digests = derived("cluster digests", HMAC);
  }

  private SecretKey derived(String use, String algorithm) {
    try {
      byte[] key =
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract()
                      .addIKM(secret)
                      .thenExpand(use.getBytes(StandardCharsets.US_ASCII), BYTES));
      return new SecretKeySpec(key, algorithm);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java 25 has HKDF-SHA256", impossible);
    }
  }

  /** Encrypts what nodes tell each other. */
  SecretKey messages() {
    return messages;
  }

  /** Signs a relayed request. */
  String sign(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash(relays, text));
  }

  boolean isSigned(String text, String signature) {
    return MessageDigest.isEqual(
        sign(text).getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.US_ASCII));
  }

  /** What nodes tell each other of a setting, to compare it: equal for equal values alone. */
  String digest(String value) {
    byte[] whole = hash(digests, value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole).substring(0, 16);
  }

  private static byte[] hash(SecretKey key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HmacSHA256", impossible);
    }
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "ClusterKey";
  }
}
