package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import streamcache.durable.AtomicFile;
import streamcache.durable.Disk;

/**
 * {@code index.log}: the changes since the snapshot. Magic number of 8 bytes, then records with a
 * CRC32C each, appended without a sync; the first bad record ends the log. The file exists from
 * opening to a clean close, so that its presence shows an unclean stop. Used by the {@link Index},
 * by one thread at a time.
 */
final class IndexLog implements AutoCloseable {

  private static final long MAGIC = 0x53434958_4C4F4731L; // "SCIXLOG1"
  private static final int ENTRY = IndexRecord.SIZE + IndexRecord.CRC_SIZE;

  private final Disk disk;
  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer entry = ByteBuffer.allocate(ENTRY);
  private long end;

  private IndexLog(Disk disk, Path file, FileChannel channel, int valid) {
    this.disk = disk;
    this.file = file;
    this.channel = channel;
    this.end = Long.BYTES + (long) valid * ENTRY;
  }

  static boolean exists(Path file) {
    return Files.exists(file);
  }

  /** The records up to the first bad one; none if the file is missing or has another format. */
  static List<IndexRecord> read(Path file) {
    List<IndexRecord> records = new ArrayList<>();
    try {
      ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file));
      if (buffer.remaining() < Long.BYTES || buffer.getLong() != MAGIC) {
        return List.of();
      }
      while (buffer.remaining() >= ENTRY) {
        int crc = IndexRecord.crc(buffer, buffer.position(), IndexRecord.SIZE);
        IndexRecord record = IndexRecord.take(buffer);
        if (buffer.getInt() != crc) {
          break;
        }
        records.add(record);
      }
    } catch (IOException | IllegalArgumentException damaged) {
      return records;
    }
    return records;
  }

  /**
   * Opens the log to append after the first {@code valid} records; synced once, so that a power cut
   * soon after does not look like a clean close.
   *
   * @throws IOException also if a foreign file has the name
   */
  static IndexLog open(Disk disk, Path file, int valid) throws IOException {
    AtomicFile.refuseForeign(file, IndexRecord.signature(MAGIC));
    FileChannel channel = disk.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    IndexLog log = new IndexLog(disk, file, channel, valid);
    try {
      log.start();
      disk.syncFolder(file.resolveSibling("."));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return log;
  }

  private void start() throws IOException {
    disk.write(channel, ByteBuffer.wrap(IndexRecord.signature(MAGIC)), 0);
    disk.truncate(channel, end);
    disk.sync(channel);
  }

  void append(IndexRecord record) throws IOException {
    entry.clear();
    record.put(entry);
    entry.putInt(IndexRecord.crc(entry, 0, IndexRecord.SIZE)).flip();
    disk.write(channel, entry, end);
    end += ENTRY;
  }

  /** Empties the log, since a snapshot now holds everything. */
  void restart() throws IOException {
    disk.truncate(channel, Long.BYTES);
    end = Long.BYTES;
  }

  /** Closes the file but does not delete it, as a crash would. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  void delete() throws IOException {
    channel.close();
    disk.delete(file);
  }
}
