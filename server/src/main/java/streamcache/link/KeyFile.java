package streamcache.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import streamcache.durable.PrivateFile;

/**
 * The file with the master keys: the first key makes new links, and every key opens links. Created
 * at the first start, readable by its owner only. Blocks; used at start and by commands, on their
 * thread.
 */
public final class KeyFile {

  /** In bytes, about a thousand lines; a longer file is some other file. */
  private static final int MOST_BYTES = 64 * 1024;

  private final PrivateFile file;
  private final List<String> warnings = new ArrayList<>();

  public KeyFile(Path path) {
    this.file = new PrivateFile(path);
  }

  public Path path() {
    return file.path();
  }

  /** Warnings for the log, collected so far. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * The keys in the file; empty if there is no such file.
   *
   * @throws KeyFileException if the file exists but cannot be used
   */
  public Optional<KeyRing> open() throws KeyFileException {
    Optional<byte[]> text = text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<LinkKey> keys = keys(text.get());
    keepToOwner();
    return Optional.of(new KeyRing(keys));
  }

  /**
   * The keys in the file, which is created with one key if there is none.
   *
   * @throws KeyFileException if the file cannot be used or created
   */
  public KeyRing openOrMake() throws KeyFileException {
    Optional<KeyRing> found = open();
    if (found.isPresent()) {
      return found.get();
    }
    byte[] line = newLine(List.of());
    try {
      file.makeOnce(line);
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      Arrays.fill(line, (byte) 0);
    }
    return open().orElseThrow(this::gone);
  }

  /** A ring with one new key that is not kept, to show what links would look like. */
  public static KeyRing passing() {
    try {
      return new KeyRing(KeyLines.read(newLine(List.of())));
    } catch (KeyFileException e) {
      throw new IllegalStateException("a new key can be read", e);
    }
  }

  /** Adds a new first key and returns all keys; a running server keeps using the old ones. */
  public KeyRing rotate() throws KeyFileException {
    Optional<KeyRing> before = open();
    if (before.isEmpty()) {
      return openOrMake();
    }
    byte[] rest = text().orElseThrow(this::gone);
    byte[] line = newLine(before.get().ids());
    try {
      file.replace(line, rest);
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      Arrays.fill(line, (byte) 0);
      Arrays.fill(rest, (byte) 0);
    }
    return open().orElseThrow(this::gone);
  }

  /**
   * Uses a random free letter, so that a link made with another server's key does not look like a
   * damaged one.
   */
  private static byte[] newLine(List<Character> taken) throws KeyFileException {
    List<Character> free = new ArrayList<>(KeyLines.letters());
    free.removeAll(taken);
    if (free.isEmpty()) {
      throw new KeyFileException(
          "The key file is full; remove the oldest keys, whose links are no longer in use.");
    }
    SecureRandom random = new SecureRandom();
    char id = free.get(random.nextInt(free.size()));
    byte[] master = new byte[LinkKey.MASTER_BYTES];
    random.nextBytes(master);
    byte[] line = KeyLines.write(id, master, "made " + LocalDate.now(ZoneOffset.UTC));
    Arrays.fill(master, (byte) 0);
    return line;
  }

  /** Parses the keys and wipes {@code text}. */
  private List<LinkKey> keys(byte[] text) throws KeyFileException {
    try {
      return KeyLines.read(text);
    } catch (KeyFileException e) {
      throw new KeyFileException(
          "The keys in "
              + path()
              + " cannot be used: "
              + e.getMessage()
              + ". Restore the right file, or move it away: the next start makes a new one, and"
              + " existing links stop working.");
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private Optional<byte[]> text() throws KeyFileException {
    if (Files.exists(path()) && !Files.isRegularFile(path())) {
      throw new KeyFileException(path() + " is not a file; name a file in SECRET_KEY_FILE.");
    }
    Optional<byte[]> text = read();
    if (text.isPresent() && text.get().length > MOST_BYTES) {
      throw new KeyFileException(
          path() + " is too large for a key file; name the right file in SECRET_KEY_FILE.");
    }
    return text;
  }

  private Optional<byte[]> read() throws KeyFileException {
    try (InputStream stream = Files.newInputStream(path())) {
      return Optional.of(stream.readNBytes(MOST_BYTES + 1));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (AccessDeniedException _) {
      throw new KeyFileException(
          path()
              + " cannot be read by this user; run as the server's user, or name another file in"
              + " SECRET_KEY_FILE.");
    } catch (IOException e) {
      if (!Files.exists(path())) {
        return Optional.empty(); // A file is in the place of the folder; a write reports it.
      }
      throw new KeyFileException(
          path()
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "); fix that, or name another file in SECRET_KEY_FILE.");
    }
  }

  /** Restricts the file to its owner, since keys that others can read are not secret. */
  private void keepToOwner() {
    try {
      if (file.isOwn()) {
        return;
      }
      file.mend();
      warnings.add(
          file.isOwn()
              ? path()
                  + " could be read by users other than its owner; its permissions are corrected"
                  + " now. If somebody may have read it, make a new key: streamcache key rotate."
              : path()
                  + " can be read by users other than its owner, who could make links and read the"
                  + " passwords in them. Its permissions could not be changed; restrict them to the"
                  + " owner.");
    } catch (IOException _) {
      // The file was readable a moment ago; the next start reports what is wrong now.
    }
  }

  private KeyFileException unwritable(IOException cause) {
    return new KeyFileException(
        path()
            + " cannot be written ("
            + cause.getClass().getSimpleName()
            + "); make its folder writable for this user, or name another file in"
            + " SECRET_KEY_FILE.");
  }

  private KeyFileException gone() {
    return new KeyFileException(path() + " was removed in the meantime; try again.");
  }
}
