package streamcache.durable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A file that belongs to the user and may be changed by other programs: its content, and what has
 * to stay as it is when the content is replaced. Reading it blocks.
 */
public final class UserFile {

  private static final String MODIFIED = "lastModifiedTime";
  private static final String ACCESSED = "lastAccessTime";

  /** Not the names of owner and group, for which the system reads its user database each time. */
  private static final String KEPT = "unix:dev,ino,size,mode,uid,gid," + MODIFIED + "," + ACCESSED;

  private final Path path;
  private final byte[] content;
  private final Map<String, Object> attributes;

  private UserFile(Path path, byte[] content, Map<String, Object> attributes) {
    this.path = path;
    this.content = content;
    this.attributes = attributes;
  }

  /**
   * Reads a file without leaving a trace: its access time stays as it is, if this user may set it.
   * Does not follow a symbolic link.
   *
   * @param most how much of the content to read at most, in bytes
   */
  public static UserFile read(Path file, int most) throws IOException {
    Map<String, Object> attributes = attributes(file);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      UserFile read = new UserFile(file, in.readNBytes(most), attributes);
      read.restoreAccessTime();
      return read;
    }
  }

  private void restoreAccessTime() throws IOException {
    if (!same(attributes(path), ACCESSED)) {
      try {
        times(path).setTimes(null, (FileTime) attribute(ACCESSED), /* createTime= */ null);
      } catch (FileSystemException e) {
        // The file belongs to another user, as a reader of it would have found.
      }
    }
  }

  /**
   * When a file was last written, moved or given other attributes, by the clock of its file system.
   */
  public static Instant changedAt(Path file) throws IOException {
    Object changed = Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
    return ((FileTime) Objects.requireNonNull(changed)).toInstant();
  }

  private static Map<String, Object> attributes(Path file) throws IOException {
    return Files.readAttributes(file, KEPT, LinkOption.NOFOLLOW_LINKS);
  }

  private Object attribute(String name) {
    return Objects.requireNonNull(attributes.get(name), name);
  }

  /** Where it was read. */
  public Path path() {
    return path;
  }

  /** The bytes that were read; not a copy. */
  public byte[] content() {
    return content;
  }

  /** The length of the file when it was read, in bytes. */
  public long size() {
    return (long) attribute("size");
  }

  /** The file system that it is on. */
  Object device() {
    return attribute("dev");
  }

  /** Whether the path still has this file, and nobody has written to it since. */
  boolean isCurrent() throws IOException {
    Map<String, Object> now = attributes(path);
    return same(now, "ino") && same(now, "size") && same(now, MODIFIED);
  }

  private boolean same(Map<String, Object> now, String name) {
    return attribute(name).equals(now.get(name));
  }

  /**
   * Gives another file owner, group, extended attributes and mode of this one.
   *
   * @throws IOException if one of them cannot be kept
   */
  void giveRights(Path to) throws IOException {
    Map<String, Object> now = attributes(to);
    if (!same(now, "uid") || !same(now, "gid")) {
      Files.setAttribute(to, "unix:uid", attribute("uid"), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(to, "unix:gid", attribute("gid"), LinkOption.NOFOLLOW_LINKS);
    }
    var extended = NativeFiles.system().extendedAttributes();
    if (extended.isPresent()) {
      extended.get().copy(path, to);
    }
    Files.setAttribute(to, "unix:mode", attribute("mode"));
  }

  /** Gives another file the modification and the access time of this one. */
  void giveTimes(Path to) throws IOException {
    times(to)
        .setTimes(
            (FileTime) attribute(MODIFIED), (FileTime) attribute(ACCESSED), /* createTime= */ null);
  }

  private static BasicFileAttributeView times(Path file) {
    return Files.getFileAttributeView(
        file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public String toString() {
    return "UserFile[" + path.getFileName() + "]";
  }
}
