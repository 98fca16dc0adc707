package streamcache.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the system can do with a file beyond Java: give space back, forget cached pages, tell the
 * allocation. Owned by the store; may block on the disk, so platform threads only. Where it cannot
 * help it says so and the store does without.
 */
final class NativeFiles {

  private static final NativeFiles NONE = new NativeFiles(null);
  private static final NativeFiles SYSTEM = new NativeFiles(LinuxCalls.bind().orElse(null));

  private final @Nullable LinuxCalls calls;

  private NativeFiles(@Nullable LinuxCalls calls) {
    this.calls = calls;
  }

  /** The best that this system offers. */
  static NativeFiles system() {
    return SYSTEM;
  }

  /** Answers "not supported" to everything, as on a system that we do not know. */
  static NativeFiles none() {
    return NONE;
  }

  /**
   * Gives the space of {@code [offset, offset + length)} back to the disk; the bytes read as zero
   * and the length of the file stays. Only whole blocks are freed.
   *
   * @param length at least 1
   * @return false when this file system or machine cannot; nothing has changed then
   * @throws IOException the file cannot be opened or the disk failed
   */
  boolean punch(Path file, long offset, long length) throws IOException {
    if (calls == null) {
      return false;
    }
    LinuxCalls linux = calls;
    int fd = again(() -> linux.open(file, LinuxCalls.READ_WRITE));
    check(file, "cannot open to give space back", fd);
    try {
      int result = again(() -> linux.punch(fd, offset, length));
      if (result == -LinuxCalls.EOPNOTSUPP || result == -LinuxCalls.ENOSYS) {
        return false;
      }
      check(file, "cannot give space back", result);
      return true;
    } finally {
      linux.close(fd);
    }
  }

  /** What the file takes on disk, in bytes; empty when it cannot be told. */
  OptionalLong allocated(Path file) {
    if (calls == null) {
      return OptionalLong.empty();
    }
    long allocated = calls.allocated(file);
    return allocated < 0 ? OptionalLong.empty() : OptionalLong.of(allocated);
  }

  /** Lets the system drop the file's clean pages from memory; a hint that never fails. */
  void forget(Path file) {
    if (calls == null) {
      return;
    }
    LinuxCalls linux = calls;
    int fd = again(() -> linux.open(file, LinuxCalls.READ_ONLY));
    if (fd < 0) {
      return;
    }
    int _ = linux.forget(fd);
    linux.close(fd);
  }

  private static int again(IntSupplier call) {
    int result = call.getAsInt();
    while (result == -LinuxCalls.EINTR) {
      result = call.getAsInt();
    }
    return result;
  }

  private static void check(Path file, String what, int result) throws IOException {
    if (result < 0) {
      throw new FileSystemException(file.toString(), null, what + ", errno " + -result);
    }
  }
}
