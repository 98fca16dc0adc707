package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** What is served after a kill or a power cut. */
@ParameterizedClass
@EnumSource
final class RecoveryTest {
  private static final int BEFORE = 1;
  private static final int AFTER = 2;

  @TempDir private Path temp;
  @RegisterExtension private final Stores stores;
  private final Mode mode;
  private Path copy;

  RecoveryTest(Mode mode) {
    this.mode = mode;
    this.stores = new Stores(StoreTime.SYSTEM, mode);
  }

  /** Three records of 300 kB, the first of them durable, as a kill leaves them. */
  @BeforeEach
  void kill() throws Exception {
    try (Store store = open(temp.resolve("cache"), BEFORE);
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(4 * MIB));
      StoreRig.write(generation, 0, 300_000);
      assertThat(Checkpoint.run(generation)).isTrue();
      StoreRig.write(generation, MIB, 300_000);
      StoreRig.write(generation, 2 * MIB, 300_000);
      copy = StoreRig.killed(temp.resolve("cache"), temp.resolve("copy"));
    }
  }

  @Test
  void sameBoot_trustsAll() throws Exception {
    spoil(MIB + 7);
    assertThat(found(BEFORE).size()).isEqualTo(900_000);
    assertThat(stores.ear.heard).isEmpty();
  }

  @Test
  void otherBoot_soundBytes_areServed() throws Exception {
    assertThat(found(AFTER).size()).isEqualTo(900_000);
    assertThat(stores.ear.heard).isEmpty();
  }

  @Test
  void otherBoot_spoiltBytes_areAHoleForGood() throws Exception {
    spoil(MIB + 7);
    RangeSet left =
        RangeSet.of(new ByteRange(0, 300_000), new ByteRange(2 * MIB, 2 * MIB + 300_000));
    assertThat(found(AFTER)).isEqualTo(left);
    assertThat(stores.ear.heard).singleElement().asString().startsWith("invalidated 300000");
    assertThat(found(AFTER + 1)).isEqualTo(left);
    assertThat(stores.ear.heard).hasSize(1);
  }

  @Test
  void otherBoot_fileTooShort_isAHole() throws Exception {
    Path media = mode.file(media(), 200_000);
    try (FileChannel file = FileChannel.open(media, StandardOpenOption.WRITE)) {
      file.truncate(mode.at(200_000));
    }
    long end = mode == Mode.CHUNKED ? 3 * Mode.CHUNK : Long.MAX_VALUE;
    RangeSet left = written().minus(new ByteRange(200_000, end));
    assertThat(found(AFTER)).isEqualTo(left);
    assertThat(found(AFTER)).isEqualTo(left);
  }

  @Test
  void tailOfZeros_endsTheJournalAndIsWrittenOver() throws Exception {
    Path sidecar = new Layout(copy).sidecar(KEY);
    long size = Files.size(sidecar);
    try (FileChannel file = FileChannel.open(sidecar, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(200), size - JournalRecord.BYTES);
    }
    RangeSet left = RangeSet.of(new ByteRange(0, 300_000), new ByteRange(MIB, MIB + 300_000));
    try (Store store = open(copy, BEFORE);
        Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseThrow();
      assertThat(generation.present()).isEqualTo(left);
      StoreRig.write(generation, 3 * MIB, 10);
    }
    assertThat(found(AFTER)).isEqualTo(left.plus(new ByteRange(3 * MIB, 3 * MIB + 10)));
  }

  @Test
  void badRecordInTheMiddle_whatFollowedItNeverComesBack() throws Exception {
    try (FileChannel file =
        FileChannel.open(new Layout(copy).sidecar(KEY), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(1), SidecarBlock.BYTES + 2 * JournalRecord.BYTES);
    }
    RangeSet left = RangeSet.of(new ByteRange(0, 300_000));
    try (Store store = open(copy, BEFORE);
        Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseThrow();
      assertThat(generation.present()).isEqualTo(left);
      StoreRig.write(generation, 3 * MIB, 300_000);
      copy = StoreRig.killed(copy, temp.resolve("second"));
    }
    assertThat(found(BEFORE)).isEqualTo(left.plus(new ByteRange(3 * MIB, 3 * MIB + 300_000)));
  }

  @Test
  void damagedFirstBlock_isAHoleAndTheRestLives() throws Exception {
    try (FileChannel file =
        FileChannel.open(new Layout(copy).sidecar(KEY), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {0}), 20);
    }
    try (Store store = open(copy, BEFORE);
        Title title = store.title(KEY);
        Title other = store.title(StoreRig.key(1))) {
      assertThat(title.generation()).isEmpty();
      StoreRig.write(other.begin(StoreRig.facts(10)), 0, 10);
      Generation again = title.begin(StoreRig.facts(10));
      StoreRig.write(again, 0, 10);
      assertThat(StoreRig.checkAll(again)).isEqualTo(10);
    }
    assertThat(stores.ear.heard).singleElement().asString().contains("sidecar is damaged");
  }

  @Test
  void journalCutAnywhere_neverGivesAWrongByte() throws Exception {
    byte[] sidecar = Files.readAllBytes(new Layout(copy).sidecar(KEY));
    short tag = SidecarBlock.decode(sidecar).orElseThrow().generationTag();
    List<RangeSet> whole =
        Stream.iterate(0, records -> records + 1)
            .limit((sidecar.length - SidecarBlock.BYTES) / JournalRecord.BYTES + 1)
            .map(records -> replay(sidecar, records * JournalRecord.BYTES, tag))
            .toList();
    for (int length = 0; length <= sidecar.length - SidecarBlock.BYTES; length++) {
      assertThat(replay(sidecar, length, tag))
          .as("cut at %d", length)
          .isEqualTo(whole.get(length / JournalRecord.BYTES));
    }
  }

  @Test
  void anyByteOfTheJournalSpoilt_endsItThere() throws Exception {
    byte[] sidecar = Files.readAllBytes(new Layout(copy).sidecar(KEY));
    short tag = SidecarBlock.decode(sidecar).orElseThrow().generationTag();
    for (int at = 0; at < sidecar.length - SidecarBlock.BYTES; at++) {
      byte[] spoilt = sidecar.clone();
      spoilt[SidecarBlock.BYTES + at] ^= 0x10;
      int record = at / JournalRecord.BYTES;
      boolean isPadding = at % JournalRecord.BYTES >= 36;
      int sound = isPadding ? sidecar.length - SidecarBlock.BYTES : record * JournalRecord.BYTES;
      assertThat(replay(spoilt, sidecar.length - SidecarBlock.BYTES, tag))
          .as("byte %d", at)
          .isEqualTo(replay(sidecar, sound, tag));
    }
  }

  private static RangeSet written() {
    return RangeSet.of(
        new ByteRange(0, 300_000),
        new ByteRange(MIB, MIB + 300_000),
        new ByteRange(2 * MIB, 2 * MIB + 300_000));
  }

  private static RangeSet replay(byte[] sidecar, int journalBytes, short tag) {
    Replay replay =
        Replay.of(ByteBuffer.wrap(sidecar, SidecarBlock.BYTES, journalBytes), tag, BEFORE);
    RangeSet all = replay.durable();
    for (ByteRange range : replay.recent().ranges()) {
      all = all.plus(range);
    }
    return all;
  }

  private RangeSet found(int bootTag) throws Exception {
    try (Store store = open(copy, bootTag);
        Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseThrow();
      assertThat(store.usage().usedBytes()).isEqualTo(mode.footprint().bytes(generation.present()));
      if (bootTag != BEFORE) {
        long _ = StoreRig.checkAll(generation);
      }
      return generation.present();
    }
  }

  private void spoil(long offset) throws IOException {
    Path media = mode.file(media(), offset);
    byte wrong = (byte) (StoreRig.byteAt(offset) + 1);
    try (FileChannel file = FileChannel.open(media, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {wrong}), mode.at(offset));
    }
  }

  private Path media() throws IOException {
    try (Stream<Path> all = Files.list(new Layout(copy).shard(KEY))) {
      return all.filter(path -> path.toString().endsWith(mode.partial("")))
          .findFirst()
          .orElseThrow();
    }
  }

  private Store open(Path folder, int bootTag) throws StoreException {
    return stores.open(folder, bootTag);
  }
}
