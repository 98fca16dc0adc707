package streamcache.admin;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import streamcache.settings.SecretText;

/**
 * A password that the operator chooses for the page. Length is the only rule: others make people
 * choose worse ones (NIST SP 800-63B).
 *
 * @param text normalised, as {@link #normal} does
 */
public record NewPassword(SecretText text) {

  private static final int LEAST_CHARACTERS = 8;

  /** Bounds the work for what somebody sends; longer than any password that people type. */
  static final int MOST_BYTES = 512;

  /**
   * @throws IllegalArgumentException with a sentence if it is too short, too long or cannot be
   *     typed
   */
  public static NewPassword of(String typed) {
    SecretText text = normal(typed);
    String shown = text.reveal();
    if (shown.codePointCount(0, shown.length()) < LEAST_CHARACTERS) {
      throw new IllegalArgumentException(
          "A password has at least " + LEAST_CHARACTERS + " characters.");
    }
    if (shown.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "A password has at most " + MOST_BYTES + " bytes; choose a shorter one.");
    }
    if (shown.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A password has no control characters, such as a tab.");
    }
    return new NewPassword(text);
  }

  /** Keyboards write the same letter in different ways: an accent beside it or on it. */
  static SecretText normal(String typed) {
    return new SecretText(Normalizer.normalize(typed, Normalizer.Form.NFC));
  }
}
