package streamcache.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts and authenticates a text with AES-256-GCM: {@code iv | ciphertext | tag}. The IV is a
 * keyed hash of the text under a separate key, so that the same text always gives the same bytes (a
 * library of links does not churn) and two texts never share an IV. Any thread.
 */
final class Seal {

  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;

  /** No shorter input can be complete. */
  static final int LEAST_BYTES = IV_BYTES + TAG_BYTES;

  private static final byte[] VERSION = "v1".getBytes(StandardCharsets.US_ASCII);

  private final SecretKey key;
  private final KeyedHash ivs;

  Seal(SecretKey key, SecretKey ivKey) {
    this.key = key;
    this.ivs = new KeyedHash(ivKey);
  }

  byte[] close(byte[] text) {
    byte[] iv = ivs.of(text, IV_BYTES);
    byte[] sealed = Arrays.copyOf(iv, IV_BYTES + text.length + TAG_BYTES);
    try {
      cipher(Cipher.ENCRYPT_MODE, iv).doFinal(text, 0, text.length, sealed, IV_BYTES);
      return sealed;
    } catch (GeneralSecurityException impossible) {
      throw noCipher(impossible);
    }
  }

  /** The text, or empty if any bit was changed. Too short an input takes as long as any other. */
  Optional<byte[]> open(byte[] bytes) {
    byte[] sealed = Arrays.copyOf(bytes, Math.max(bytes.length, LEAST_BYTES));
    byte[] iv = Arrays.copyOf(sealed, IV_BYTES);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, iv);
      return Optional.of(cipher.doFinal(sealed, IV_BYTES, sealed.length - IV_BYTES));
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException impossible) {
      throw noCipher(impossible);
    }
  }

  private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, iv));
    cipher.updateAAD(VERSION);
    return cipher;
  }

  private static IllegalStateException noCipher(GeneralSecurityException cause) {
    return new IllegalStateException("every Java platform has AES-256-GCM", cause);
  }
}
