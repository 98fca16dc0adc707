package streamcache.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import streamcache.range.ByteRange;

/**
 * One line of a sidecar's journal, 40 bytes with a checksum of its own: after a power cut the tail
 * of a journal may be zeros, and the first bad record ends it.
 *
 * @param generation ties the record to its sidecar's first block
 * @param sequence counts the records of a title
 * @param start first byte meant; DURABLE: the last sequence it speaks for; ENDED: the total
 * @param length number of bytes meant
 * @param dataCrc CRC32C of exactly these bytes, WRITTEN only
 * @param bootTag which run of the machine wrote it
 */
record JournalRecord(
    Type type, short generation, int sequence, long start, long length, int dataCrc, int bootTag) {

  static final int BYTES = 40;
  private static final int CHECKED_BYTES = 32;

  /** What a record says. */
  enum Type {
    /** The range was written. */
    WRITTEN('W'),
    /** All records up to the one named speak of bytes that survive a power cut. */
    DURABLE('D'),
    /** The range is given up. */
    ABSENT('X'),
    /** The total became known. */
    ENDED('E'),
    /** Every byte is there; a mark for people who look at the file. */
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

  /** The record at the position of {@code from}, which moves behind it; empty when it is bad. */
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
