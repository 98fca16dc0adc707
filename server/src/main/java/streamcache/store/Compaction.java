package streamcache.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import streamcache.range.ByteRange;

/**
 * Writes a sidecar anew with one record for each range, in the place of the old, and gives a
 * complete film its final name. Records still queued follow in the new file: told twice does no
 * harm. On the keeper thread.
 */
final class Compaction {
  private Compaction() {}

  /** Compacts and renames unless that is done. */
  static void seal(Generation generation, Generation.Files files) throws IOException {
    Title title = generation.title();
    title.pen().acquireUninterruptibly();
    try {
      Path path = files.media().path();
      boolean isSealed = !path.toString().endsWith(Layout.PART);
      // A last write behind the checkpoint is known to the old sidecar only; it brings another.
      boolean isDurable = generation.presence().durable().equals(generation.present());
      if (isSealed || !isDurable || generation.isSuperseded()) {
        return;
      }
      compact(generation, files);
      files.media().rename(path.resolveSibling(files.name()));
      generation.parts().disk().syncFolder(path.resolveSibling("."));
    } finally {
      title.pen().release();
    }
  }

  /** The title's pen is held. */
  private static void compact(Generation generation, Generation.Files files) throws IOException {
    Disk disk = generation.parts().disk();
    Path place = generation.parts().layout().sidecar(generation.title().key());
    Path draft = place.resolveSibling(place.getFileName() + ".tmp");
    ByteBuffer bytes = bytes(generation, files);
    try (FileChannel channel = disk.open(draft, CREATE, WRITE, TRUNCATE_EXISTING)) {
      disk.write(channel, bytes.duplicate(), 0);
      disk.sync(channel);
    }
    SteadyFile file = new SteadyFile(disk, draft);
    try {
      disk.move(draft, place);
    } catch (IOException e) {
      file.close();
      throw e;
    }
    file.renamed(place);
    files.journal().moveTo(file, bytes.limit());
  }

  private static ByteBuffer bytes(Generation generation, Generation.Files files) {
    SidecarBlock block = NewFiles.block(generation, files.name());
    List<ByteRange> ranges = generation.presence().durable().ranges();
    ByteBuffer bytes =
        ByteBuffer.allocate(SidecarBlock.BYTES + (ranges.size() + 2) * JournalRecord.BYTES);
    bytes.put(block.encode());
    int bootTag = generation.parts().bootTag();
    short tag = block.generationTag();
    int sequence = 0;
    for (ByteRange range : ranges) {
      new JournalRecord(
              JournalRecord.Type.WRITTEN,
              tag,
              ++sequence,
              range.start(),
              range.length(),
              /* dataCrc= */ 0,
              bootTag)
          .encode(bytes);
    }
    new JournalRecord(
            JournalRecord.Type.DURABLE, tag, sequence + 1, sequence, 0, /* dataCrc= */ 0, bootTag)
        .encode(bytes);
    if (generation.isComplete()) {
      new JournalRecord(
              JournalRecord.Type.COMPLETE, tag, sequence + 2, 0, 0, /* dataCrc= */ 0, bootTag)
          .encode(bytes);
    }
    return bytes.flip();
  }
}
