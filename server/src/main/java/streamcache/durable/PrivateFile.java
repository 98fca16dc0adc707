package streamcache.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * A file that only its owner may read, and that exists completely or not at all, even after a power
 * failure. Blocks; safe for two processes at once.
 */
public record PrivateFile(Path path) {

  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");

  /** Creates the file and its folder; leaves an existing file as it is. */
  public void makeOnce(byte[]... parts) throws IOException {
    Path folder = folder(path.toAbsolutePath());
    Files.createDirectories(folder);
    Path draft = draft(folder, parts);
    try {
      Files.createLink(path, draft);
    } catch (FileAlreadyExistsException _) {
      // Another process was first.
    } catch (IOException | UnsupportedOperationException _) {
      // The file system has no hard links.
      Files.move(draft, path);
    } finally {
      Files.deleteIfExists(draft);
    }
    Disk.system().syncFolder(folder);
  }

  /** Replaces the content of the file atomically. */
  public void replace(byte[]... parts) throws IOException {
    Path real = path.toRealPath();
    Path folder = folder(real);
    Path draft = draft(folder, parts);
    try {
      Disk.system().move(draft, real);
    } finally {
      Files.deleteIfExists(draft);
    }
    Disk.system().syncFolder(folder);
  }

  /** Whether only the owner may read the file; true if the file system cannot tell. */
  public boolean isOwn() throws IOException {
    try {
      return OWN.containsAll(Files.getPosixFilePermissions(path));
    } catch (UnsupportedOperationException _) {
      return true;
    }
  }

  /** Restricts the file to its owner, if possible. */
  public void mend() {
    try {
      Files.setPosixFilePermissions(path, OWN);
    } catch (IOException _) {
      // The file belongs to another user, such as a mounted secret; the caller checks again.
    }
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file lies in a folder");
  }

  /** The JDK creates temporary files that only their owner can read. */
  private static Path draft(Path folder, byte[]... parts) throws IOException {
    Path draft = Files.createTempFile(folder, ".new", ".key");
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      long end = 0;
      for (byte[] part : parts) {
        Disk.system().write(channel, ByteBuffer.wrap(part), end);
        end += part.length;
      }
      Disk.system().sync(channel);
    }
    return draft;
  }
}
