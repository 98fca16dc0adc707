package streamcache.admin;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamcache.settings.SecretText;

/**
 * The Argon2id digest of a password (RFC 9106), written in the PHC string format. Slow on purpose;
 * docs/decisions/0032-password.md has the cost.
 *
 * @param line {@code $argon2id$v=19$m=KiB,t=PASSES,p=1$SALT$DIGEST}
 */
record PasswordDigest(String line) {

  private static final int KIBIBYTES = 7168;
  private static final int PASSES = 5;
  private static final int LANES = 1;
  private static final int VERSION = 0x13;
  private static final int SALT_BYTES = 16;
  private static final int DIGEST_BYTES = 32;

  /** Bounds the memory and the time that a file of a later version may ask for. */
  private static final int MOST_KIBIBYTES = 65_536;

  private static final int MOST_PASSES = 20;

  private static final Pattern LINE =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,4}),t=([1-9][0-9]?),p=1"
              + "\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

  /** The digest of a new password, with a salt of its own. Takes about 50 ms and 14 MiB. */
  static PasswordDigest make(NewPassword password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    byte[] digest = digest(KIBIBYTES, PASSES, salt, password.text());
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return new PasswordDigest(
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(
                KIBIBYTES,
                PASSES,
                LANES,
                base64.encodeToString(salt),
                base64.encodeToString(digest)));
  }

  /**
   * Whether it is that of the password; false for a line that holds no digest. Compares in constant
   * time. Takes as long as {@link #make}.
   */
  boolean isOf(SecretText password) {
    Optional<Matcher> parts = parts();
    if (parts.isEmpty()) {
      return false;
    }
    Base64.Decoder base64 = Base64.getDecoder();
    byte[] digest =
        digest(
            Integer.parseInt(parts.get().group(1)),
            Integer.parseInt(parts.get().group(2)),
            base64.decode(parts.get().group(3)),
            password);
    return MessageDigest.isEqual(digest, base64.decode(parts.get().group(4)));
  }

  private Optional<Matcher> parts() {
    Matcher parts = LINE.matcher(line);
    return parts.matches()
            && Integer.parseInt(parts.group(1)) <= MOST_KIBIBYTES
            && Integer.parseInt(parts.group(2)) <= MOST_PASSES
        ? Optional.of(parts)
        : Optional.empty();
  }

  private static byte[] digest(int kibibytes, int passes, byte[] salt, SecretText password) {
    Argon2Function function =
        Argon2Function.getInstance(kibibytes, passes, LANES, DIGEST_BYTES, Argon2.ID, VERSION);
    return function.hash(password.reveal().getBytes(StandardCharsets.UTF_8), salt).getBytes();
  }

  @Override
  public String toString() {
    return "PasswordDigest";
  }
}
