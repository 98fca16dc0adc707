package streamcache.durable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Files that are replaced as a whole. After a kill or a power cut either the old content is there
 * or the new one, and after {@link #replace} has returned, the new one. Blocks; one writer of a
 * file at a time.
 */
public final class AtomicFile {

  private static final String DRAFT = ".tmp";

  private AtomicFile() {}

  /** Where the new content of {@code file} is written before it is renamed to {@code file}. */
  public static Path draftOf(Path file) {
    return file.resolveSibling(file.getFileName() + DRAFT);
  }

  /** Replaces {@code file} on the real disk, or creates it. */
  public static void replace(Path file, ByteBuffer content) throws IOException {
    replace(Disk.system(), file, content);
  }

  /**
   * Replaces {@code file}, or creates it.
   *
   * @throws IOException if a step fails. Unless only the last one failed, which makes the name
   *     durable, the old content remains.
   */
  public static void replace(Disk disk, Path file, ByteBuffer content) throws IOException {
    try (ReopeningFile draft = ReopeningFile.draft(disk, draftOf(file), content)) {
      draft.syncAndMove(file);
      draft.syncName();
    }
  }

  /**
   * Replaces {@code file}, or creates it, without waiting for the disk: for content that can be
   * made again. A kill leaves the old content or the new one; a power cut may leave an empty file.
   */
  public static void replaceUnsynced(Path file, ByteBuffer content) throws IOException {
    Disk disk = Disk.system();
    boolean moved = false;
    try (ReopeningFile draft = ReopeningFile.draft(disk, draftOf(file), content)) {
      draft.move(file);
      moved = true;
    } finally {
      if (!moved) {
        disk.delete(draftOf(file));
      }
    }
  }

  /**
   * Refuses to replace a file of another program: one that does not begin with {@code signature},
   * or with zeros, which a power cut may leave.
   *
   * @throws IOException also if the file cannot be read; not if there is none
   */
  public static void refuseForeign(Path file, byte[] signature) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = Arrays.copyOf(in.readNBytes(signature.length), signature.length);
      if (!Arrays.equals(start, signature) && !Arrays.equals(start, new byte[start.length])) {
        throw new IOException(
            file.getFileName() + " was made by another program and is left alone");
      }
    } catch (NoSuchFileException _) {
      // The name is free.
    }
  }
}
