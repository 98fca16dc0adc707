package streamcache.link;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC-SHA256 with one key. Any thread: the prepared Mac is only ever cloned. */
final class KeyedHash {

  private final Mac prepared;

  KeyedHash(SecretKey key) {
    try {
      prepared = Mac.getInstance("HmacSHA256");
      prepared.init(key);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", impossible);
    }
  }

  /**
   * The first {@code length} bytes of the hash.
   *
   * @param length at most 32
   */
  byte[] of(byte[] text, int length) {
    try {
      // Setting up a Mac costs more than hashing a link.
      Mac mac = (Mac) prepared.clone();
      return Arrays.copyOf(mac.doFinal(text), length);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the platform's own Mac can be copied", impossible);
    }
  }
}
