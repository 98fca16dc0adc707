package streamcache.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import streamcache.durable.PrivateFile;

/**
 * The file with the digest of the operator's password, beside the token. The server and the
 * password command write it; a running server reads it at each use, so that a change holds at once.
 * Blocks.
 */
public final class PasswordFile {

  private static final String NAME = "admin.password";

  /** A longer file is some other file. */
  private static final int MOST_BYTES = 1024;

  private final PrivateFile file;

  /**
   * @param folder of the configuration
   */
  public PasswordFile(Path folder) {
    this.file = new PrivateFile(folder.resolve(NAME));
  }

  public Path path() {
    return file.path();
  }

  /** The digest; empty if no password was set. A damaged file is a digest of no password. */
  Optional<PasswordDigest> read() throws IOException {
    try (var in = Files.newInputStream(file.path())) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
      return Optional.of(new PasswordDigest(text.strip()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Sets the password, whatever it was before. */
  public void set(NewPassword password) throws IOException {
    PasswordDigest digest = PasswordDigest.make(password);
    if (!make(digest)) {
      file.replace(bytes(digest));
    }
  }

  /** Sets the password if there is none; false if there is, also if somebody else was faster. */
  boolean setFirst(NewPassword password) throws IOException {
    return make(PasswordDigest.make(password));
  }

  private boolean make(PasswordDigest digest) throws IOException {
    file.makeOnce(bytes(digest));
    return read().filter(digest::equals).isPresent();
  }

  private static byte[] bytes(PasswordDigest digest) {
    return (digest.line() + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
