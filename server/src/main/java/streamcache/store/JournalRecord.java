package streamcache.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import streamcache.range.ByteRange;

/**
 * One record of a sidecar's journal: 40 bytes, with a checksum of its own. After a power cut the
 * tail of a journal may be zeros; the first bad record ends it.
 *
 * @param generation ties the record to its sidecar's first block
 * @param sequence counts the records of a generation
 * @param start first byte of the range; DURABLE: the last sequence number covered; ENDED: the
 *     total; COMPLETE: epoch seconds when the provider last had this file, 0 in journals of older
 *     versions
 * @param length length of the range in bytes
 * @param dataCrc CRC32C of exactly the bytes of the range, WRITTEN only
 * @param bootTag identifies the boot of the machine that wrote the record
 */
record JournalRecord(
    Type type, short generation, int sequence, long start, long length, int dataCrc, int bootTag) {

  static final int BYTES = 40;
  private static final int CHECKED_BYTES = 32;

  /** The type of a record. */
  enum Type {
    /** The range was written. */
    WRITTEN('W'),
    /** The bytes of all records up to the given one survive a power cut. */
    DURABLE('D'),
    /** The range is absent. */
    ABSENT('X'),
    /** The total became known. */
    ENDED('E'),
    /** Every byte is present, and the provider had this file at the given time. */
    COMPLETE('F');

    private final byte code;

    Type(char code) {
      this.code = (byte) code;
    }

    private static @Nullable Type of(byte code) {
      for (Type type : values()) {
        if (type.code == code) {
          return type;
        }
      }
      return null;
    }
  }

  ByteRange range() {
    return ByteRange.ofLength(start, length);
  }

  void encode(ByteBuffer into) {
    int from = into.position();
    into.put(type.code).put((byte) 0).putShort(generation).putInt(sequence);
    into.putLong(start).putLong(length).putInt(dataCrc).putInt(bootTag);
    into.putInt(checksum(into, from)).putInt(0);
  }

  /**
   * Decodes the record at the position of {@code from} and moves past it; empty if the record is
   * bad.
   */
  static Optional<JournalRecord> decode(ByteBuffer from) {
    int at = from.position();
    Type type = Type.of(from.get());
    from.get();
    JournalRecord record =
        type == null
            ? null
            : new JournalRecord(
                type,
                from.getShort(),
                from.getInt(),
                from.getLong(),
                from.getLong(),
                from.getInt(),
                from.getInt());
    from.position(at + BYTES);
    boolean sound =
        record != null && record.isSane() && from.getInt(at + CHECKED_BYTES) == checksum(from, at);
    return sound ? Optional.ofNullable(record) : Optional.empty();
  }

  private boolean isSane() {
    return start >= 0 && length >= 0 && start + length >= 0;
  }

  private static int checksum(ByteBuffer buffer, int at) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(at, CHECKED_BYTES));
    return (int) crc.getValue();
  }
}
