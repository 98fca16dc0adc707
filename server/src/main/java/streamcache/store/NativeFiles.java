package streamcache.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * What the system can do with a file beyond Java: give space back, tell the allocation, find holes.
 * Owned by the store; may block on the disk, so platform threads only. Where it cannot help it says
 * so and the store does without.
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

  /**
   * The holes of the file before its end. Empty also where this system or file system cannot tell.
   *
   * @throws IOException the file cannot be opened
   */
  RangeSet holes(Path file) throws IOException {
    if (calls == null) {
      return RangeSet.EMPTY;
    }
    LinuxCalls linux = calls;
    int fd = again(() -> linux.open(file, LinuxCalls.READ_ONLY));
    check(file, "cannot open to look for holes", fd);
    try {
      return holes(linux, fd, Files.size(file));
    } finally {
      linux.close(fd);
    }
  }

  private static RangeSet holes(LinuxCalls linux, int fd, long size) {
    RangeSet holes = RangeSet.EMPTY;
    long hole = linux.nextHole(fd, 0);
    while (hole >= 0 && hole < size) {
      long data = linux.nextData(fd, hole);
      long end = data == -LinuxCalls.ENXIO ? size : Math.min(data, size);
      if (end <= hole) {
        break;
      }
      holes = holes.plus(new ByteRange(hole, end));
      hole = linux.nextHole(fd, end);
    }
    return holes;
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
