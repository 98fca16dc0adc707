package streamcache.durable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The extended attributes of files: access control lists and the notes of other programs. Java's
 * own view has the namespace {@code user} only. Blocks; any thread.
 */
public final class ExtendedAttributes {

  /** The kernel has no longer list and no longer value (xattr(7)). */
  private static final int MOST_BYTES = 64 * 1024;

  /** Enough for most files; a longer one is read again. */
  private static final int USUAL_BYTES = 512;

  /** Set by the system for each new file of a folder, and by nobody but the system. */
  private static final String OF_THE_SYSTEM = "security.";

  private final LinuxCalls calls;

  ExtendedAttributes(LinuxCalls calls) {
    this.calls = calls;
  }

  /**
   * Gives {@code to} the attributes of {@code from}. Labels of the system's security modules are
   * copied where the system allows it.
   *
   * @throws IOException if another one cannot be copied
   */
  public void copy(Path from, Path to) throws IOException {
    for (String name : names(from)) {
      int result = calls.setAttribute(to, name, value(from, name));
      if (result < 0 && !name.startsWith(OF_THE_SYSTEM)) {
        throw new FileSystemException(
            to.toString(), null, "cannot set the attribute " + name + ", errno " + -result);
      }
    }
  }

  /** The names of all attributes of a file; empty if its file system has none. */
  public List<String> names(Path file) throws IOException {
    byte[] list = read(file, buffer -> calls.listAttributes(file, buffer));
    return list.length == 0
        ? List.of()
        : List.of(new String(list, StandardCharsets.UTF_8).split("\0"));
  }

  /** The value of an attribute. */
  public byte[] value(Path file, String name) throws IOException {
    return read(file, buffer -> calls.attribute(file, name, buffer));
  }

  private interface Call {
    long into(byte[] buffer);
  }

  private static byte[] read(Path file, Call call) throws IOException {
    byte[] buffer = new byte[USUAL_BYTES];
    long length = call.into(buffer);
    if (length == -LinuxCalls.ERANGE) {
      buffer = new byte[MOST_BYTES];
      length = call.into(buffer);
    }
    if (length == -LinuxCalls.EOPNOTSUPP || length == -LinuxCalls.ENOSYS) {
      return new byte[0];
    }
    if (length < 0) {
      throw new FileSystemException(
          file.toString(), null, "cannot read its attributes, errno " + -length);
    }
    return Arrays.copyOf(buffer, Math.toIntExact(length));
  }
}
