package streamcache.durable;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The few C library calls that Java does not offer; bound once, owned by {@link NativeFiles},
 * called on platform threads. Like a kernel call, each returns its result or the negated errno.
 */
final class LinuxCalls {

  static final int EINTR = 4;
  static final int ENXIO = 6;
  static final int ERANGE = 34;
  static final int ENOSYS = 38;
  static final int EOPNOTSUPP = 95;

  static final int READ_ONLY = 0;
  static final int READ_WRITE = 2;

  /** So that no child process inherits the descriptor and keeps a deleted film on the disk. */
  private static final int O_CLOEXEC = 0x80000;

  private static final int FALLOC_FL_KEEP_SIZE = 1;
  private static final int FALLOC_FL_PUNCH_HOLE = 2;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final int AT_FDCWD = -100;
  private static final int STATX_BLOCKS = 0x400;

  /** {@code struct statx}: 256 bytes, stx_mask at 0, stx_blocks (units of 512 bytes) at 48. */
  private static final long STATX_SIZE = 256;

  private static final long STATX_MASK_AT = 0;
  private static final long STATX_BLOCKS_AT = 48;
  private static final long STATX_BLOCK = 512;

  /** The architectures for which the constants and the struct above were verified. */
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_AT =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private final MethodHandle open;
  private final MethodHandle close;
  private final MethodHandle fallocate;
  private final MethodHandle lseek;
  private final MethodHandle statx;
  private final MethodHandle syncfs;
  private final MethodHandle llistxattr;
  private final MethodHandle lgetxattr;
  private final MethodHandle lsetxattr;

  private LinuxCalls() {
    open = bind("open", 2, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    close = bind("close", -1, JAVA_INT, JAVA_INT);
    fallocate = bind("fallocate", -1, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    lseek = bind("lseek", -1, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    statx = bind("statx", -1, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    syncfs = bind("syncfs", -1, JAVA_INT, JAVA_INT);
    llistxattr = bind("llistxattr", -1, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    lgetxattr = bind("lgetxattr", -1, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    lsetxattr = bind("lsetxattr", -1, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
  }

  /** Binds the calls; empty on another system, without a symbol, or if native access is refused. */
  static Optional<LinuxCalls> bind() {
    if (!System.getProperty("os.name").equals("Linux")
        || !ARCHITECTURES.contains(System.getProperty("os.arch"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LinuxCalls());
    } catch (RuntimeException | LinkageError refused) {
      return Optional.empty();
    }
  }

  int open(Path path, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int fd = (int) open.invokeExact(state, text(arena, path), mode | O_CLOEXEC, 0);
      return fd < 0 ? -errno(state) : fd;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** On Linux the descriptor is closed whatever the result. */
  void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      int _ = (int) close.invokeExact(arena.allocate(STATE), fd);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  int punch(int fd, long offset, long length) {
    int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) fallocate.invokeExact(state, fd, mode, offset, length);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** The start of the first hole at or after {@code offset}; the end of the file is one. */
  long nextHole(int fd, long offset) {
    return seek(fd, offset, SEEK_HOLE);
  }

  /** The start of the first data at or after {@code offset}; -ENXIO if there is none. */
  long nextData(int fd, long offset) {
    return seek(fd, offset, SEEK_DATA);
  }

  private long seek(int fd, long offset, int whence) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result = (long) lseek.invokeExact(state, fd, offset, whence);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** The number of allocated bytes. */
  long allocated(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment facts = arena.allocate(STATX_SIZE, Long.BYTES);
      int result =
          (int) statx.invokeExact(state, AT_FDCWD, text(arena, path), 0, STATX_BLOCKS, facts);
      if (result < 0) {
        return -errno(state);
      }
      boolean told = (facts.get(JAVA_INT, STATX_MASK_AT) & STATX_BLOCKS) != 0;
      return told ? facts.get(JAVA_LONG, STATX_BLOCKS_AT) * STATX_BLOCK : -ENOSYS;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Writes everything that the file system of an open file has in memory to its disk. */
  int syncFileSystem(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) syncfs.invokeExact(state, fd);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /**
   * Lists the names of extended attributes, each followed by a NUL.
   *
   * @return the length of the list; -ERANGE if it is longer than {@code names}
   */
  long listAttributes(Path path, byte[] names) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment list = arena.allocate(names.length);
      long length =
          (long) llistxattr.invokeExact(state, text(arena, path), list, (long) names.length);
      return length < 0 ? -errno(state) : copied(list, names, length);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /**
   * Reads an extended attribute.
   *
   * @return its length; -ERANGE if it is longer than {@code value}
   */
  long attribute(Path path, String name, byte[] value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment read = arena.allocate(value.length);
      long length =
          (long)
              lgetxattr.invokeExact(
                  state, text(arena, path), arena.allocateFrom(name), read, (long) value.length);
      return length < 0 ? -errno(state) : copied(read, value, length);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  int setAttribute(Path path, String name, byte[] value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment written = arena.allocate(Math.max(1, value.length));
      MemorySegment.copy(value, 0, written, JAVA_BYTE, 0, value.length);
      int result =
          (int)
              lsetxattr.invokeExact(
                  state,
                  text(arena, path),
                  arena.allocateFrom(name),
                  written,
                  (long) value.length,
                  0);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private static long copied(MemorySegment from, byte[] to, long length) {
    MemorySegment.copy(from, JAVA_BYTE, 0, to, 0, Math.toIntExact(length));
    return length;
  }

  /**
   * @param firstVariadic index of the first variadic argument; -1 if there is none
   */
  private static MethodHandle bind(
      String name, int firstVariadic, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor descriptor = FunctionDescriptor.of(result, arguments);
    MemorySegment symbol = linker.defaultLookup().findOrThrow(name);
    Linker.Option errno = Linker.Option.captureCallState("errno");
    return firstVariadic < 0
        ? linker.downcallHandle(symbol, descriptor, errno)
        : linker.downcallHandle(
            symbol, descriptor, errno, Linker.Option.firstVariadicArg(firstVariadic));
  }

  /** The path in the encoding that Java itself would use for it, with a NUL at the end. */
  private static MemorySegment text(Arena arena, Path path) {
    String encoding = System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name());
    byte[] bytes = path.toString().getBytes(Charset.forName(encoding));
    MemorySegment text = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
    return text;
  }

  private static int errno(MemorySegment state) {
    return state.get(JAVA_INT, ERRNO_AT);
  }

  /** C functions throw nothing; only a wrong binding leads here. */
  private static AssertionError impossible(Throwable e) {
    return new AssertionError("a native call does not fit its binding", e);
  }
}
