package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Identifies the boot of the machine and the device: bytes written without a sync may be trusted
 * only if both are the same. If the boot cannot be determined, the tag is random, so that nothing
 * is trusted.
 */
final class BootTag {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private BootTag() {}

  static int of(Path root) {
    try {
      String run = Files.readString(BOOT_ID).strip() + "|" + Files.getAttribute(root, "unix:dev");
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(run.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getInt();
    } catch (IOException
        | UnsupportedOperationException
        | IllegalArgumentException
        | NoSuchAlgorithmException _) {
      return new SecureRandom().nextInt();
    }
  }
}
