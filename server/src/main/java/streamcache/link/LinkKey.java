package streamcache.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The keys derived from one master key. Each use has a key of its own (HKDF-SHA256), so that a text
 * made for one use is worthless in another. The master key itself is not kept. Any thread.
 *
 * @param id a letter or digit, the first character of everything made with the key
 * @param signatures signs links
 * @param links seals links
 * @param originals seals the URLs in sidecars
 */
record LinkKey(char id, KeyedHash signatures, Seal links, Seal originals) {

  static final int MASTER_BYTES = 32;

  /**
   * @param master 32 random bytes; the caller wipes them
   */
  static LinkKey derive(char id, byte[] master) {
    return new LinkKey(
        id,
        new KeyedHash(derived(master, "link signature", "HmacSHA256")),
        new Seal(
            derived(master, "link seal", "AES"), derived(master, "link seal iv", "HmacSHA256")),
        new Seal(
            derived(master, "original seal", "AES"),
            derived(master, "original seal iv", "HmacSHA256")));
  }

  private static SecretKey derived(byte[] master, String use, String algorithm) {
    byte[] info = ("streamcache v1 " + use).getBytes(StandardCharsets.US_ASCII);
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.ofExtract().addIKM(master).thenExpand(info, MASTER_BYTES));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java 25 has HKDF-SHA256", impossible);
    }
  }

  @Override
  public String toString() {
    return "LinkKey[" + id + "]";
  }
}
