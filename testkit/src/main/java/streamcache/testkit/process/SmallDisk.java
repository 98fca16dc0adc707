package streamcache.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * A disk of a few mebibytes (a tmpfs of its own) that can be filled, freed and made read-only.
 * Needs root: assume {@link #isPossible} with {@link #IMPOSSIBLE} as the message. Owned by a test.
 */
public final class SmallDisk implements AutoCloseable {

  public static final String IMPOSSIBLE =
      "LEFT OUT: mounting a small disk needs root with CAP_SYS_ADMIN, so a full disk is not tried";

  private static final class Probe {
    static final boolean POSSIBLE = probe();

    private static boolean probe() {
      try (SmallDisk disk = mount(1)) {
        return Files.isDirectory(disk.folder());
      } catch (IOException | IllegalStateException _) {
        System.err.println(IMPOSSIBLE);
        return false;
      }
    }
  }

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  public static boolean isPossible() {
    return Probe.POSSIBLE;
  }

  public static SmallDisk mount(int mebibytes) throws IOException {
    Path folder = Files.createTempDirectory("small-disk");
    Run run =
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "small-disk", folder + "");
    if (run.exitCode() != 0) {
      Files.delete(folder);
      throw new IOException(run.toString());
    }
    return new SmallDisk(folder);
  }

  /** Returns where it is mounted. */
  public Path folder() {
    return folder;
  }

  public long freeBytes() {
    try {
      FileStore store = Files.getFileStore(folder);
      return store.getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes all free space except the given number of bytes, rounded to pages; {@link #free} gives it
   * back. Other programs may write meanwhile.
   */
  public void fillUpTo(long bytesLeft) throws IOException {
    free();
    ByteBuffer block = ByteBuffer.allocate(64 * 1024);
    try (FileChannel channel =
        FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (long left = freeBytes() - bytesLeft; left > 0; left = freeBytes() - bytesLeft) {
        block.clear().limit((int) Math.min(block.capacity(), left));
        channel.write(block);
      }
    } catch (IOException e) {
      if (freeBytes() > bytesLeft) {
        throw e;
      }
    }
  }

  public void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  /** Fails while a file is open for writing, as the system requires. */
  public void makeReadOnly() {
    remount("ro");
  }

  public void makeWritable() {
    remount("rw");
  }

  /** Unmounts even if files on it are still open. */
  @Override
  public void close() throws IOException {
    Run run = run("umount", "-l", folder.toString());
    if (run.exitCode() != 0) {
      throw new IOException(run.toString());
    }
    Files.delete(folder);
  }

  private Path filler() {
    return folder.resolve(".filler");
  }

  private void remount(String mode) {
    Run run = run("mount", "-o", "remount," + mode, folder.toString());
    if (run.exitCode() != 0) {
      throw new IllegalStateException(run.toString());
    }
  }

  private static Run run(String... command) {
    try {
      return Run.of(Duration.ofSeconds(30), List.of(command));
    } catch (UncheckedIOException e) {
      throw new IllegalStateException("no such program: " + command[0], e);
    }
  }
}
