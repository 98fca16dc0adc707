package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import streamcache.durable.AtomicFile;
import streamcache.durable.Disk;

/**
 * {@code index.snap}: all titles at one moment. In bytes: magic number 8, count 8, records, CRC32C
 * 4 of everything before it. Replaced as a whole; used by the {@link Index}, by one thread at a
 * time.
 */
final class IndexSnapshot {

  private static final long MAGIC = 0x53434958_534E4131L; // "SCIXSNA1"
  private static final int HEAD = 2 * Long.BYTES;

  private IndexSnapshot() {}

  /** The contents of the file; nothing if it is missing, damaged or in another format. */
  static List<TitleUse> read(Path file) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file));
      return isWhole(buffer) ? records(buffer) : List.of();
    } catch (IOException | IllegalArgumentException damaged) {
      return List.of();
    }
  }

  /**
   * Replaces the snapshot; after a power cut either the old or the new one is there.
   *
   * @throws IOException also if a foreign file has the name
   */
  static void write(Disk disk, Path file, Collection<TitleUse> uses) throws IOException {
    AtomicFile.refuseForeign(file, IndexRecord.signature(MAGIC));
    long size = HEAD + (long) uses.size() * IndexRecord.SIZE + IndexRecord.CRC_SIZE;
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(size));
    buffer.putLong(MAGIC).putLong(uses.size());
    for (TitleUse use : uses) {
      new IndexRecord(use, false).put(buffer);
    }
    buffer.putInt(IndexRecord.crc(buffer, 0, buffer.position())).flip();
    AtomicFile.replace(disk, file, buffer);
  }

  private static boolean isWhole(ByteBuffer buffer) {
    int crcAt = buffer.limit() - IndexRecord.CRC_SIZE;
    if (crcAt < HEAD || buffer.getLong(0) != MAGIC) {
      return false;
    }
    return buffer.getLong(Long.BYTES) * IndexRecord.SIZE == crcAt - HEAD
        && buffer.getInt(crcAt) == IndexRecord.crc(buffer, 0, crcAt);
  }

  private static List<TitleUse> records(ByteBuffer buffer) {
    int count = (int) buffer.getLong(Long.BYTES);
    List<TitleUse> uses = new ArrayList<>(count);
    buffer.position(HEAD);
    for (int i = 0; i < count; i++) {
      uses.add(IndexRecord.take(buffer).use());
    }
    return uses;
  }
}
