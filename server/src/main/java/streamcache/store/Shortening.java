package streamcache.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.range.ByteRange;

/**
 * Rewrites a journal with fewer records, so that replaying either gives the same result; pure. One
 * WRITTEN for each durable range, then the records that no DURABLE covers, unchanged, with their
 * checksums.
 */
final class Shortening {
  private Shortening() {}

  /**
   * @param journal the whole journal
   * @param confirmed epoch seconds when the provider last had the file, if every byte is present
   *     and durable
   * @return empty if there is a bad record, after which something would be lost
   */
  static Optional<ByteBuffer> of(
      ByteBuffer journal, short generation, int bootTag, OptionalLong confirmed) {
    List<JournalRecord> old = records(journal.duplicate());
    Replay replay = Replay.of(journal.duplicate(), generation, bootTag);
    if (replay.goodBytes() != journal.remaining()) {
      return Optional.empty();
    }
    long durableUpTo = durableUpTo(old);
    int sequence = (int) durableUpTo;
    List<JournalRecord> records = new ArrayList<>();
    for (ByteRange range : replay.durable().ranges()) {
      records.add(
          new JournalRecord(
              JournalRecord.Type.WRITTEN,
              generation,
              sequence,
              range.start(),
              range.length(),
              /* dataCrc= */ 0,
              bootTag));
    }
    records.add(
        new JournalRecord(
            JournalRecord.Type.DURABLE,
            generation,
            sequence,
            durableUpTo,
            0,
            /* dataCrc= */ 0,
            bootTag));
    for (JournalRecord record : old) {
      if (isOpen(record, durableUpTo)) {
        records.add(record);
      }
    }
    if (confirmed.isPresent()) {
      records.add(
          new JournalRecord(
              JournalRecord.Type.COMPLETE,
              generation,
              replay.sequence(),
              confirmed.getAsLong(),
              0,
              /* dataCrc= */ 0,
              bootTag));
    }
    ByteBuffer bytes = ByteBuffer.allocate(records.size() * JournalRecord.BYTES);
    records.forEach(record -> record.encode(bytes));
    return Optional.of(bytes.flip());
  }

  private static List<JournalRecord> records(ByteBuffer journal) {
    List<JournalRecord> records = new ArrayList<>();
    while (journal.remaining() >= JournalRecord.BYTES) {
      JournalRecord.decode(journal).ifPresent(records::add);
    }
    return records;
  }

  /** The last sequence number that a DURABLE covers; 0 if there is none. */
  private static long durableUpTo(List<JournalRecord> records) {
    return records.stream()
        .filter(record -> record.type() == JournalRecord.Type.DURABLE)
        .mapToLong(JournalRecord::start)
        .max()
        .orElse(0);
  }

  private static boolean isOpen(JournalRecord record, long durableUpTo) {
    return switch (record.type()) {
      case WRITTEN, ABSENT -> Integer.toUnsignedLong(record.sequence()) > durableUpTo;
      case DURABLE, COMPLETE -> false;
      case ENDED -> false; // The total is in the first block by now.
    };
  }
}
