package streamcache.durable;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * New content for a {@link UserFile}, written beside it. Everything but the content stays as it
 * was: owner, group, mode, extended attributes, modification and access time. After a kill or a
 * power cut either the old content is there or the new one. Blocks; one thread at a time.
 */
public final class FileRewrite implements AutoCloseable {

  private static final Pattern DRAFT = Pattern.compile("\\.streamcache-[0-9a-f-]{36}\\.tmp");

  private final Disk disk;
  private final UserFile file;
  private final Path draft;
  private boolean isMoved;

  private FileRewrite(Disk disk, UserFile file) {
    this.disk = disk;
    this.file = file;
    this.draft = draftOf(file.path());
  }

  /**
   * Writes {@code content} beside the file; neither survives a power cut before {@link #sync}.
   *
   * @throws IOException if there is no space, or owner, group or another attribute cannot be kept;
   *     nothing is left behind
   */
  public static FileRewrite prepare(Disk disk, UserFile file, byte[] content) throws IOException {
    FileRewrite rewrite = new FileRewrite(disk, file);
    boolean isWritten = false;
    try {
      rewrite.write(content);
      isWritten = true;
    } finally {
      if (!isWritten) {
        rewrite.close();
      }
    }
    return rewrite;
  }

  /**
   * A name that is short enough for every file, and the same each time, so that what a killed run
   * has left is replaced by the next.
   */
  private static Path draftOf(Path file) {
    byte[] name = file.getFileName().toString().getBytes(StandardCharsets.UTF_8);
    return file.resolveSibling(".streamcache-" + UUID.nameUUIDFromBytes(name) + ".tmp");
  }

  /** Whether it is a file that a killed run has left; nobody needs it. */
  public static boolean isDraft(Path file) {
    return DRAFT.matcher(file.getFileName().toString()).matches();
  }

  private void write(byte[] content) throws IOException {
    disk.delete(draft);
    try (FileChannel channel = disk.open(draft, CREATE_NEW, WRITE)) {
      // Before the content, which may hold a password.
      file.giveRights(draft);
      disk.write(channel, ByteBuffer.wrap(content), 0);
    }
    file.giveTimes(draft);
  }

  /** Makes the new contents of all {@code rewrites} survive a power cut; their names follow. */
  public static void sync(List<FileRewrite> rewrites) throws IOException {
    Map<Object, List<FileRewrite>> byFileSystem =
        rewrites.stream().collect(Collectors.groupingBy(rewrite -> rewrite.file.device()));
    for (List<FileRewrite> group : byFileSystem.values()) {
      FileRewrite first = group.getFirst();
      if (group.size() == 1 || !first.disk.syncFileSystem(first.draft)) {
        syncEach(group);
      }
    }
  }

  private static void syncEach(List<FileRewrite> rewrites) throws IOException {
    for (FileRewrite rewrite : rewrites) {
      try (FileChannel channel = rewrite.disk.open(rewrite.draft, READ)) {
        rewrite.disk.sync(channel);
      }
    }
  }

  /**
   * Puts the new content in the place of the old one.
   *
   * @return false if another program has changed or removed the file since it was read; it is then
   *     left as it is
   */
  public boolean commit() throws IOException {
    if (!file.isCurrent()) {
      return false;
    }
    disk.move(draft, file.path());
    isMoved = true;
    return true;
  }

  /** Removes what was written if it was not put in place. */
  @Override
  public void close() throws IOException {
    if (!isMoved) {
      disk.delete(draft);
    }
  }
}
