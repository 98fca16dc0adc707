package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * Finds out what a file system can do by doing it to a small file of its own in the folder, which
 * is gone afterwards. Runs once at the start of the store, on the starting thread, with the
 * folder's lock held.
 */
final class FileSystemProbe {

  private static final String PREFIX = ".probe-";

  private static final int KIBI = 1024;
  private static final long MEBI = 1024L * KIBI;

  /** Far enough behind the start that no allocation in advance hides that all of it was written. */
  private static final long FAR = 64 * MEBI;

  /** Less than this allocated after a write at {@link #FAR} means that the gap takes no space. */
  private static final long SPARSE_BELOW = FAR / 2;

  private static final int DATA = (int) MEBI;
  private static final int HOLE = DATA / 2;

  /** As fast by sendfile as one file, and half a second of zeros on a slow disk. */
  private static final long CHUNK = 16 * MEBI;

  /** Asked only where the allocation cannot be read: the names systems give these families. */
  private static final Set<String> NEVER_SPARSE = Set.of("exfat", "msdos", "vfat", "fat", "fat32");

  private final Path folder;
  private final NativeFiles files;

  private FileSystemProbe(Path folder, NativeFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * @param folder exists and may be written
   * @throws IOException a file cannot even be made, written, renamed or removed; abilities
   *     remembered for the same {@link #device} may still hold, for instance on a full disk
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

  /** The number of the device that holds {@code folder}; 0 where systems have no such number. */
  static long device(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return 0;
    }
    return Files.getAttribute(folder, "unix:dev") instanceof Number device ? device.longValue() : 0;
  }

  private FileSystemAbilities run() throws IOException {
    String type = type();
    boolean sparse = isSparse(type);
    boolean punch = sparse && canPunch();
    return new FileSystemAbilities(
        sparse, punch, isExact(), canLink(), CHUNK, type, device(folder));
  }

  private boolean isSparse(String type) throws IOException {
    Path file = folder.resolve(PREFIX + "sparse");
    write(file, FAR, data(4 * KIBI));
    OptionalLong allocated = files.allocated(file);
    return allocated.isPresent()
        ? allocated.getAsLong() < SPARSE_BELOW
        : !NEVER_SPARSE.contains(type.toLowerCase(Locale.ROOT));
  }

  private boolean canPunch() throws IOException {
    Path file = folder.resolve(PREFIX + "punch");
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
    // Where the allocation is told late (ZFS) it does not show the data either: then no veto.
    boolean freed = before < DATA || after <= before - HOLE / 2;
    return exact && freed;
  }

  /** Whether zeros take space like any other byte once they are synced. */
  private boolean isExact() throws IOException {
    Path file = folder.resolve(PREFIX + "zeros");
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

  /** Also proves that a rename replaces, which the store cannot do without. */
  private boolean canLink() throws IOException {
    Path file = folder.resolve(PREFIX + "link");
    Path renamed = folder.resolve(PREFIX + "renamed");
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
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
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
      channel.force(false); // Allocation is delayed by some until then.
    }
  }

  /** Bytes that do not compress, or a compressing file system would seem to have freed them. */
  private static byte[] data(int length) {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    return data;
  }
}
