package streamcache.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import streamcache.link.TitleKey;

/**
 * One title in the files of the {@link Index}: its use, or the fact that it is gone. Big-endian, of
 * fixed size, in bytes: key 26, used 8, total 8, last access 8, hits 8, watched 8, flags 1.
 */
record IndexRecord(TitleUse use, boolean gone) {

  static final int SIZE = 67;
  static final int CRC_SIZE = 4;

  static final int KEY_SIZE = 26;
  private static final int COMPLETE = 1;
  private static final int PINNED = 2;
  private static final int GONE = 4;

  static IndexRecord gone(TitleKey key) {
    return new IndexRecord(new TitleUse(key, 0, 0, 0, 0, 0, false, false), true);
  }

  void put(ByteBuffer buffer) {
    int flags = (use.complete() ? COMPLETE : 0) | (use.pinned() ? PINNED : 0) | (gone ? GONE : 0);
    buffer
        .put(use.key().value().getBytes(StandardCharsets.ISO_8859_1))
        .putLong(use.usedBytes())
        .putLong(use.total())
        .putLong(use.lastAccess())
        .putLong(use.hits())
        .putLong(use.watchedUntil())
        .put((byte) flags);
  }

  /**
   * @throws IllegalArgumentException if the bytes are not a record
   */
  static IndexRecord take(ByteBuffer buffer) {
    byte[] key = new byte[KEY_SIZE];
    buffer.get(key);
    TitleKey titleKey = new TitleKey(new String(key, StandardCharsets.ISO_8859_1));
    long used = buffer.getLong();
    long total = buffer.getLong();
    long lastAccess = buffer.getLong();
    long hits = buffer.getLong();
    long watched = buffer.getLong();
    int flags = buffer.get();
    boolean complete = (flags & COMPLETE) != 0;
    boolean pinned = (flags & PINNED) != 0;
    return new IndexRecord(
        new TitleUse(titleKey, used, total, lastAccess, hits, watched, complete, pinned),
        (flags & GONE) != 0);
  }

  /** The first bytes of a file with this magic number. */
  static byte[] signature(long magic) {
    return ByteBuffer.allocate(Long.BYTES).putLong(magic).array();
  }

  /** The checksum of {@code length} bytes at {@code from}; does not move the buffer. */
  static int crc(ByteBuffer buffer, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(from, length));
    return (int) crc.getValue();
  }
}
