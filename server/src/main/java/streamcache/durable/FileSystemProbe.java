package streamcache.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out what a file system can do by trying it on small files in the folder, which are deleted
 * afterwards. Blocks; one process at a time in a folder.
 */
public final class FileSystemProbe {

  private static final Pattern NAME =
      Pattern.compile("\\.probe-([0-9a-f]{16}-)?(sparse|punch|zeros|link|renamed)");

  /** Begins all its file names, so that no foreign file has one of them. */
  private final String prefix = ".probe-%016x-".formatted(new SecureRandom().nextLong());

  private static final int KIBI = 1024;
  private static final long MEBI = 1024L * KIBI;

  /** Far enough from the start that preallocation is not mistaken for a gap that was written. */
  private static final long FAR = 64 * MEBI;

  /** If less than this is allocated after a write at {@link #FAR}, the gap takes no space. */
  private static final long SPARSE_BELOW = FAR / 2;

  private static final int DATA = (int) MEBI;
  private static final int HOLE = DATA / 2;

  /** Chunk size: as fast by sendfile as one file, and half a second of zeros on a slow disk. */
  private static final long CHUNK = 16 * MEBI;

  /**
   * Types without sparse files, by their usual names; used only if the allocation cannot be read.
   */
  private static final Set<String> NEVER_SPARSE = Set.of("exfat", "msdos", "vfat", "fat", "fat32");

  private final Path folder;
  private final NativeFiles files;

  private FileSystemProbe(Path folder, NativeFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * @param folder exists and is writable
   * @throws IOException if a file cannot be created, written, renamed or deleted; abilities saved
   *     for the same {@link #device} may still hold, for instance on a full disk
   */
  static FileSystemAbilities probe(Path folder) throws IOException {
    return probe(folder, NativeFiles.system());
  }

  static FileSystemAbilities probe(Path folder, NativeFiles files) throws IOException {
    FileSystemProbe probe = new FileSystemProbe(folder, files);
    probe.clean();
    try {
      return probe.run();
    } finally {
      probe.clean();
    }
  }

  /** The number of the device that holds {@code folder}; 0 if the system has no such number. */
  public static long device(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return 0;
    }
    return Files.getAttribute(folder, "unix:dev") instanceof Number device ? device.longValue() : 0;
  }

  /** Whether a probe, of this or an earlier version, may have created the file. */
  public static boolean mayBeOurs(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches() && isFile(file);
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private FileSystemAbilities run() throws IOException {
    String type = type();
    boolean sparse = isSparse(type);
    boolean punch = sparse && canPunch();
    return new FileSystemAbilities(
        sparse, punch, isExact(), canLink(), CHUNK, type, device(folder));
  }

  private boolean isSparse(String type) throws IOException {
    Path file = folder.resolve(prefix + "sparse");
    write(file, FAR, data(4 * KIBI));
    OptionalLong allocated = files.allocated(file);
    return allocated.isPresent()
        ? allocated.getAsLong() < SPARSE_BELOW
        : !NEVER_SPARSE.contains(type.toLowerCase(Locale.ROOT));
  }

  private boolean canPunch() throws IOException {
    Path file = folder.resolve(prefix + "punch");
    byte[] data = data(DATA);
    write(file, 0, data);
    long before = files.allocated(file).orElse(0);
    if (!punched(file)) {
      return false;
    }
    long after = files.allocated(file).orElse(0);
    byte[] expected = data.clone();
    Arrays.fill(expected, 0, HOLE, (byte) 0);
    boolean exact = Arrays.equals(expected, Files.readAllBytes(file));
    // Where allocation is reported late (ZFS), the data does not show either: then no veto.
    boolean freed = before < DATA || after <= before - HOLE / 2;
    return exact && freed;
  }

  /** Whether zeros take space like any other bytes once they are synced. */
  private boolean isExact() throws IOException {
    Path file = folder.resolve(prefix + "zeros");
    write(file, 0, new byte[DATA]);
    return files.allocated(file).orElse(0) >= DATA && files.holes(file).isEmpty();
  }

  private boolean punched(Path file) {
    try {
      return files.punch(file, 0, HOLE);
    } catch (IOException refused) {
      return false;
    }
  }

  /** Also verifies that a rename replaces a file, which the store requires. */
  private boolean canLink() throws IOException {
    Path file = folder.resolve(prefix + "link");
    Path renamed = folder.resolve(prefix + "renamed");
    write(renamed, 0, data(1));
    write(file, 0, data(2));
    Files.move(file, renamed, StandardCopyOption.ATOMIC_MOVE);
    if (Files.size(renamed) != 2) {
      throw new IOException("a rename did not replace the file");
    }
    try {
      Files.createLink(file, renamed);
      return Files.isSameFile(file, renamed);
    } catch (IOException | UnsupportedOperationException refused) {
      return false;
    }
  }

  private String type() {
    try {
      return Files.getFileStore(folder).type();
    } catch (IOException | RuntimeException unknown) {
      return "unknown"; // Some containers hide the mount of their own root.
    }
  }

  private void clean() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ".probe-*")) {
      for (Path file : left) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && name.group(1) != null && isFile(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static void write(Path file, long offset, byte[] data) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      ByteBuffer buffer = ByteBuffer.wrap(data);
      while (buffer.hasRemaining()) {
        channel.write(buffer, offset + buffer.position());
      }
      channel.force(false); // Some file systems allocate only then.
    }
  }

  /** Incompressible bytes: a compressing file system would seem to have freed others. */
  private static byte[] data(int length) {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    return data;
  }
}
