package streamcache.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * The contents of a journal, read up to the first bad record; pure.
 *
 * @param durable bytes that a DURABLE record covers
 * @param recent bytes written during this boot of the machine and not covered by a DURABLE: the
 *     page cache survives a kill, so they are there
 * @param suspects the same from another boot: each must match its checksum before it is served
 * @param sealed whether every byte was present and durable at the end of the journal
 * @param confirmed epoch seconds when the provider last had this file; 0 if the journal does not
 *     say
 * @param ended the total, if it became known only during the transfer
 * @param sequence sequence number of the last good record
 * @param goodBytes length of the good part of the journal
 */
record Replay(
    RangeSet durable,
    RangeSet recent,
    List<Suspect> suspects,
    boolean sealed,
    long confirmed,
    OptionalLong ended,
    int sequence,
    long goodBytes) {

  /**
   * @param crc checksum of exactly this range; empty if part of the record's range is gone, so that
   *     only a DURABLE could have saved the rest
   */
  record Suspect(ByteRange range, OptionalInt crc) {}

  static Replay of(ByteBuffer journal, short generation, int bootTag) {
    Reading reading = new Reading(bootTag);
    while (journal.remaining() >= JournalRecord.BYTES) {
      JournalRecord record = JournalRecord.decode(journal).orElse(null);
      if (record == null || record.generation() != generation) {
        break;
      }
      reading.take(record);
    }
    return reading.result();
  }

  /** A WRITTEN record, or what is left of it, without a DURABLE so far. */
  private record Pending(Suspect suspect, long sequence, boolean isOfThisBoot) {}

  /** The state while reading. */
  private static final class Reading {
    private final int bootTag;
    private RangeSet durable = RangeSet.EMPTY;
    private List<Pending> pending = new ArrayList<>();
    private boolean sealed;
    private long confirmed;
    private OptionalLong ended = OptionalLong.empty();
    private int sequence;
    private long records;

    Reading(int bootTag) {
      this.bootTag = bootTag;
    }

    void take(JournalRecord record) {
      records++;
      sequence = record.sequence();
      sealed = record.type() == JournalRecord.Type.COMPLETE;
      switch (record.type()) {
        case WRITTEN -> written(record);
        case DURABLE -> durable(record.start());
        case ABSENT -> absent(record.range());
        case ENDED -> ended = OptionalLong.of(record.start());
        case COMPLETE -> confirmed = Math.max(confirmed, record.start());
      }
    }

    Replay result() {
      RangeSet recent = RangeSet.EMPTY;
      List<Suspect> suspects = new ArrayList<>();
      for (Pending one : pending) {
        if (one.isOfThisBoot()) {
          recent = recent.plus(one.suspect().range());
        } else {
          suspects.add(one.suspect());
        }
      }
      long bytes = records * JournalRecord.BYTES;
      return new Replay(
          durable, recent, List.copyOf(suspects), sealed, confirmed, ended, sequence, bytes);
    }

    private void written(JournalRecord record) {
      Suspect suspect = new Suspect(record.range(), OptionalInt.of(record.dataCrc()));
      long number = Integer.toUnsignedLong(record.sequence());
      pending.add(new Pending(suspect, number, record.bootTag() == bootTag));
    }

    private void durable(long upTo) {
      for (Pending one : pending) {
        if (one.sequence() <= upTo) {
          durable = durable.plus(one.suspect().range());
        }
      }
      pending.removeIf(one -> one.sequence() <= upTo);
    }

    private void absent(ByteRange gone) {
      durable = durable.minus(gone);
      List<Pending> left = new ArrayList<>();
      for (Pending one : pending) {
        if (!one.suspect().range().overlaps(gone)) {
          left.add(one);
          continue;
        }
        for (ByteRange rest : RangeSet.of(one.suspect().range()).minus(gone).ranges()) {
          Suspect unsure = new Suspect(rest, OptionalInt.empty());
          left.add(new Pending(unsure, one.sequence(), one.isOfThisBoot()));
        }
      }
      pending = left;
    }
  }
}
