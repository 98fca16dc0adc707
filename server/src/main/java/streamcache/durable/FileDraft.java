package streamcache.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The new content of a long file, written piece by piece beside it, which then replaces the file as
 * a whole. After a kill or a power cut either the old content is there or the new one. Blocks; one
 * thread. The caller closes it, which deletes a draft that was not published.
 */
public final class FileDraft implements AutoCloseable {

  private final Disk disk;
  private final Path file;
  private final ReopeningFile draft;
  private long length;
  private boolean isDone;

  private FileDraft(Disk disk, Path file, ReopeningFile draft) {
    this.disk = disk;
    this.file = file;
    this.draft = draft;
  }

  /** Begins with no content, over a draft that a kill has left. */
  public static FileDraft of(Path file) throws IOException {
    Disk disk = Disk.system();
    Path place = AtomicFile.draftOf(file);
    return new FileDraft(disk, file, ReopeningFile.draft(disk, place, ByteBuffer.allocate(0)));
  }

  /** Where the content is until it is published. */
  public Path path() {
    return draft.path();
  }

  public void append(ByteBuffer bytes) throws IOException {
    int more = bytes.remaining();
    draft.write(bytes, length);
    length += more;
  }

  /**
   * Replaces the file, durably.
   *
   * @throws IOException if a step fails; unless only the last one failed, which makes the name
   *     durable, the old content remains
   */
  public void publish() throws IOException {
    isDone = true;
    draft.syncAndMove(file);
    draft.syncName();
  }

  @Override
  public void close() throws IOException {
    draft.close();
    if (!isDone) {
      disk.delete(draft.path());
    }
  }
}
