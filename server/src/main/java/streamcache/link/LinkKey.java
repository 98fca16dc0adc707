package streamcache.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * What one master key is good for; each use has a key of its own (HKDF-SHA256), so that what is
 * made for one place is worth nothing in another. The master itself is not kept. Any thread.
 *
 * @param id a letter or digit, the first character of all that is made with it
 * @param signatures of signed links
 * @param links hides sealed links
 * @param originals hides the URLs in sidecars
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
