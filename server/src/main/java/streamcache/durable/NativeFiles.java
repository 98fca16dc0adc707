package streamcache.durable;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * File operations that Java does not offer: give space back, report the allocation, find holes. May
 * block on the disk, so platform threads only. If the system does not support an operation, the
 * result says so and the caller does without.
 */
public final class NativeFiles {

  private static final NativeFiles NONE = new NativeFiles(null);
  private static final NativeFiles SYSTEM = new NativeFiles(LinuxCalls.bind().orElse(null));

  private final @Nullable LinuxCalls calls;

  private NativeFiles(@Nullable LinuxCalls calls) {
    this.calls = calls;
  }

  /** The operations that this system offers. */
  public static NativeFiles system() {
    return SYSTEM;
  }

  /** Reports that nothing is supported, as on an unknown system. */
  static NativeFiles none() {
    return NONE;
  }

  /**
   * Gives the space of {@code [offset, offset + length)} back to the disk; the bytes then read as
   * zero and the length of the file stays the same. Only whole blocks are freed.
   *
   * @param length at least 1
   * @return false if this file system or machine cannot; the file is then unchanged
   * @throws IOException if the file cannot be opened or the disk failed
   */
  public boolean punch(Path file, long offset, long length) throws IOException {
    if (calls == null) {
      return false;
    }
    LinuxCalls linux = calls;
    int fd = again(() -> linux.open(file, LinuxCalls.READ_WRITE));
    check(file, "cannot open to free space", fd);
    try {
      int result = again(() -> linux.punch(fd, offset, length));
      if (result == -LinuxCalls.EOPNOTSUPP || result == -LinuxCalls.ENOSYS) {
        return false;
      }
      check(file, "cannot free space", result);
      return true;
    } finally {
      linux.close(fd);
    }
  }

  /** The space that the file takes on disk, in bytes; empty if it cannot be determined. */
  public OptionalLong allocated(Path file) {
    if (calls == null) {
      return OptionalLong.empty();
    }
    long allocated = calls.allocated(file);
    return allocated < 0 ? OptionalLong.empty() : OptionalLong.of(allocated);
  }

  /**
   * The holes of the file before its end. Also empty if this system or file system cannot report
   * them.
   *
   * @throws IOException if the file cannot be opened
   */
  public RangeSet holes(Path file) throws IOException {
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

  /**
   * Makes everything that was written to the file system of {@code file} survive a power cut.
   *
   * @return false if this machine cannot
   */
  public boolean syncFileSystem(Path file) throws IOException {
    if (calls == null) {
      return false;
    }
    LinuxCalls linux = calls;
    int fd = again(() -> linux.open(file, LinuxCalls.READ_ONLY));
    check(file, "cannot open to sync its file system", fd);
    try {
      int result = again(() -> linux.syncFileSystem(fd));
      if (result != -LinuxCalls.ENOSYS) {
        check(file, "cannot sync its file system", result);
      }
      return result >= 0;
    } finally {
      linux.close(fd);
    }
  }

  /** Extended attributes of files, if this system has them. */
  public Optional<ExtendedAttributes> extendedAttributes() {
    return Optional.ofNullable(calls).map(ExtendedAttributes::new);
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
