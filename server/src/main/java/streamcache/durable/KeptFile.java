package streamcache.durable;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that people edit too, replaced as a whole, with its former contents kept beside it. After
 * a kill or a power cut the old content is there or the new one, and the old one is kept before the
 * new one takes its place. Owner, group and mode stay. Blocks; one thread at a time.
 */
public final class KeptFile {

  /** Of more former contents, the oldest are deleted. */
  public static final int MOST_KEPT = 10;

  private static final String KEPT = ".bak";

  private static final DateTimeFormatter MARK =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS").withZone(ZoneOffset.UTC);

  private final Disk disk;
  private final Path file;

  /**
   * @param file need not exist; a symbolic link stands for the file that it leads to
   */
  public KeptFile(Disk disk, Path file) throws IOException {
    this.disk = disk;
    this.file = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  /** What the file holds; empty if there is none. */
  public Optional<byte[]> content() throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /**
   * Replaces the content, or creates the file for its owner only. A change by another program
   * between the last look and the rename, some microseconds later, is kept nowhere: no system
   * offers a rename under a condition.
   *
   * @param expected what it is to replace; empty for no file
   * @param now names the kept content
   * @return false, with the file as it is, if it holds something else by now
   */
  public boolean replace(Optional<byte[]> expected, byte[] content, Instant now)
      throws IOException {
    Path draft = AtomicFile.draftOf(file);
    Path kept = file.resolveSibling(file.getFileName() + "." + MARK.format(now) + KEPT);
    boolean isMoved = false;
    try {
      if (expected.isPresent()) {
        write(kept, expected.get());
      }
      write(draft, content);
      if (!holds(expected)) {
        disk.delete(kept);
        return false;
      }
      disk.move(draft, file);
      isMoved = true;
    } finally {
      if (!isMoved) {
        disk.delete(draft);
      }
    }
    disk.syncFolder(folder());
    deleteOldest();
    return true;
  }

  private boolean holds(Optional<byte[]> expected) throws IOException {
    Optional<byte[]> now = content();
    return now.isPresent() == expected.isPresent()
        && Arrays.equals(now.orElse(new byte[0]), expected.orElse(new byte[0]));
  }

  /** Gives it the rights of the file before the content, which may hold a password. */
  private void write(Path to, byte[] content) throws IOException {
    disk.delete(to);
    try (FileChannel channel = disk.open(to, CREATE_NEW, WRITE)) {
      if (Files.exists(file)) {
        UserFile.read(file, /* most= */ 0).giveRights(to);
      } else {
        ownOnly(to);
      }
      disk.write(channel, ByteBuffer.wrap(content), 0);
    }
    try (FileChannel channel = disk.open(to, READ)) {
      disk.sync(channel);
    }
    disk.syncFolder(folder());
  }

  private static void ownOnly(Path to) throws IOException {
    try {
      Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
    } catch (UnsupportedOperationException _) {
      // The file system has no modes.
    }
  }

  private Path folder() {
    return Objects.requireNonNull(file.getParent(), "a file lies in a folder");
  }

  private void deleteOldest() throws IOException {
    String start = file.getFileName() + ".";
    List<Path> kept;
    try (Stream<Path> all = Files.list(folder())) {
      kept = all.filter(each -> isKept(each.getFileName().toString(), start)).sorted().toList();
    }
    for (Path each : kept.subList(0, Math.max(0, kept.size() - MOST_KEPT))) {
      disk.delete(each);
    }
  }

  /** Copies that people have made have other names. */
  private static boolean isKept(String name, String start) {
    return name.startsWith(start)
        && name.substring(start.length()).matches("[0-9]{8}-[0-9]{9}" + KEPT);
  }
}
