package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import streamcache.store.JournalRecord.Type;

final class ShorteningTest {
  private static final short TAG = 7;
  private static final int BOOT = 1;
  private static final int OTHER_BOOT = 2;

  @Test
  void anyJournal_shortened_saysTheSame() {
    long seed = System.nanoTime();
    System.out.println("ShorteningTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      ByteBuffer journal = journal(random, random.nextInt(40));
      ByteBuffer shorter = Shortening.of(journal, TAG, BOOT, OptionalLong.empty()).orElseThrow();
      for (int boot : new int[] {BOOT, OTHER_BOOT}) {
        assertSame(journal, shorter, boot, "seed " + seed + " round " + round);
      }
      ByteBuffer again = Shortening.of(shorter, TAG, BOOT, OptionalLong.empty()).orElseThrow();
      assertThat(again).as("once is enough").isEqualTo(shorter);
    }
  }

  /** Later records mean the same after either journal. */
  @Test
  void anyJournal_shortenedAndGoneOnWith_saysTheSame() {
    long seed = System.nanoTime();
    System.out.println("ShorteningTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      ByteBuffer whole = journal(random, 40);
      int cut = random.nextInt(41) * JournalRecord.BYTES;
      ByteBuffer shorter =
          Shortening.of(whole.slice(0, cut), TAG, BOOT, OptionalLong.empty()).orElseThrow();
      ByteBuffer rest = whole.slice(cut, whole.limit() - cut);
      ByteBuffer gone =
          ByteBuffer.allocate(shorter.limit() + rest.limit()).put(shorter).put(rest).flip();
      assertSame(whole, gone, BOOT, "seed " + seed + " round " + round);
      assertSame(whole, gone, OTHER_BOOT, "seed " + seed + " round " + round);
    }
  }

  @Test
  void durableRanges_becomeOneRecordEach() {
    ByteBuffer journal = ByteBuffer.allocate(1002 * JournalRecord.BYTES);
    for (int i = 1; i <= 1000; i++) {
      record(Type.WRITTEN, i, i * 100L, 100).encode(journal);
    }
    record(Type.DURABLE, 1001, 1000, 0).encode(journal);
    record(Type.WRITTEN, 1002, 500_000, 10).encode(journal);

    ByteBuffer shorter =
        Shortening.of(journal.flip(), TAG, BOOT, OptionalLong.empty()).orElseThrow();

    assertThat(shorter.remaining()).isEqualTo(3 * JournalRecord.BYTES);
  }

  @Test
  void badRecord_isNotShortened() {
    ByteBuffer journal = journal(new Random(1), 10);
    journal.put(5 * JournalRecord.BYTES + 9, (byte) ~journal.get(5 * JournalRecord.BYTES + 9));

    assertThat(Shortening.of(journal, TAG, BOOT, OptionalLong.empty())).isEmpty();
  }

  private static void assertSame(ByteBuffer one, ByteBuffer other, int boot, String description) {
    Replay expected = Replay.of(one.duplicate(), TAG, boot);
    Replay found = Replay.of(other.duplicate(), TAG, boot);
    assertThat(found.durable()).as(description).isEqualTo(expected.durable());
    assertThat(found.recent()).as(description).isEqualTo(expected.recent());
    assertThat(sorted(found)).as(description).isEqualTo(sorted(expected));
  }

  private static List<Replay.Suspect> sorted(Replay replay) {
    return replay.suspects().stream()
        .sorted(Comparator.comparing(Replay.Suspect::toString))
        .toList();
  }

  /** A journal as a store writes it within one boot; an ABSENT may overtake queued records. */
  private static ByteBuffer journal(Random random, int records) {
    ByteBuffer bytes = ByteBuffer.allocate(records * JournalRecord.BYTES);
    int sequence = 0;
    for (int i = 0; i < records; i++) {
      sequence++;
      long start = random.nextInt(1000);
      long length = 1 + random.nextInt(300);
      switch (random.nextInt(8)) {
        case 0 -> record(Type.DURABLE, sequence, random.nextInt(sequence + 1), 0).encode(bytes);
        case 1, 2 -> record(Type.ABSENT, sequence, start, length).encode(bytes);
        default -> record(Type.WRITTEN, sequence, start, length).encode(bytes);
      }
    }
    return bytes.flip();
  }

  private static JournalRecord record(Type type, int sequence, long start, long length) {
    return new JournalRecord(type, TAG, sequence, start, length, /* dataCrc= */ 0, BOOT);
  }
}
