package streamcache.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import streamcache.durable.AtomicFile;
import streamcache.durable.Disk;

/**
 * {@code index.names}: the names of all titles at one moment, which the sidecars have as well. In
 * bytes: magic number 8, count 8, for each title its key 26 and its name and host as UTF-8, each
 * after a length of 2, then CRC32C 4 of everything before it. A file of its own, since names hardly
 * ever change and an earlier version would not read a snapshot with them. Replaced as a whole; used
 * by the {@link Index}, by one thread at a time.
 */
final class IndexNames {

  private static final long MAGIC = 0x53434958_4E414D31L; // "SCIXNAM1"
  private static final int HEAD = 2 * Long.BYTES;

  private IndexNames() {}

  /** Passes on each title's key and name; none if the file is missing, damaged or another's. */
  static void read(Path file, BiConsumer<String, TitleLabel> found) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file));
      if (!isWhole(buffer)) {
        return;
      }
      buffer.position(HEAD);
      for (long left = buffer.getLong(Long.BYTES); left > 0; left--) {
        String key = text(buffer, IndexRecord.KEY_SIZE);
        String name = text(buffer, buffer.getShort());
        found.accept(key, TitleLabel.of(name, text(buffer, buffer.getShort())));
      }
    } catch (IOException | BufferUnderflowException missing) {
      return; // The names are read from the sidecars instead.
    }
  }

  /**
   * Replaces the file; after a power cut either the old or the new one is there.
   *
   * @throws IOException also if a foreign file has the name
   */
  static void write(Disk disk, Path file, Collection<TitleUse> uses) throws IOException {
    AtomicFile.refuseForeign(file, IndexRecord.signature(MAGIC));
    List<TitleUse> named = uses.stream().filter(use -> use.label().isKnown()).toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(MAGIC);
    out.writeLong(named.size());
    for (TitleUse use : named) {
      out.write(use.key().value().getBytes(StandardCharsets.ISO_8859_1));
      write(use.label().name(), out);
      write(use.label().host(), out);
    }
    out.writeInt(IndexRecord.crc(ByteBuffer.wrap(bytes.toByteArray()), 0, bytes.size()));
    AtomicFile.replace(disk, file, ByteBuffer.wrap(bytes.toByteArray()));
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private static boolean isWhole(ByteBuffer buffer) {
    int crcAt = buffer.limit() - IndexRecord.CRC_SIZE;
    return crcAt >= HEAD
        && buffer.getLong(0) == MAGIC
        && buffer.getInt(crcAt) == IndexRecord.crc(buffer, 0, crcAt);
  }

  private static String text(ByteBuffer buffer, int length) {
    byte[] text = new byte[length];
    buffer.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
