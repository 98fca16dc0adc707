package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

@ParameterizedClass
@EnumSource(names = {"SPARSE", "CHUNKED"})
final class EvictionTest {
  @TempDir private Path temp;
  private final ManualTime time = new ManualTime();
  @RegisterExtension private final Stores stores;
  private final Mode mode;

  EvictionTest(Mode mode) {
    this.mode = mode;
    this.stores = new Stores(time, mode);
  }

  @Test
  void punch_middle_isAHoleOnDiskAndAfterReopening() throws Exception {
    RangeSet left = RangeSet.of(new ByteRange(0, MIB), new ByteRange(2 * MIB, 3 * MIB));
    try (Store store = open(100 * MIB);
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(4 * MIB));
      StoreRig.write(generation, 0, 3 * MIB);
      long before = store.usage().usedBytes();
      long rest = mode.footprint().bytes(left);
      assertThat(punch(generation, MIB, 2 * MIB)).isEqualTo(before - rest).isPositive();
      assertThat(generation.present()).isEqualTo(left);
      assertThat(store.usage().usedBytes()).isEqualTo(rest);
      assertThat(generation.files().orElseThrow().media().allocated().orElse(rest)).isEqualTo(rest);
    }
    try (Store store = open(100 * MIB);
        Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseThrow();
      assertThat(generation.present()).isEqualTo(left);
      StoreRig.write(generation, MIB, MIB);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(3 * MIB);
    }
  }

  @Test
  void punch_unevenRange_leavesTheBytesBeside() throws Exception {
    try (Store store = open(100 * MIB);
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      StoreRig.write(generation, 0, 50_000);
      long freed = mode == Mode.CHUNKED ? 0 : 3 * 4096 - 4096;
      assertThat(punch(generation, 5_000, 20_001)).isEqualTo(freed);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(50_000 - 15_001);
      assertThat(store.usage().usedBytes()).isEqualTo(mode.footprint().bytes(generation.present()));
    }
  }

  @Test
  void punch_withReader_takesOnlyWhatLiesBehindIt() throws Exception {
    try (Store store = open(100 * MIB);
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(16 * MIB));
      StoreRig.write(generation, 0, 12 * MIB);
      try (Reader reader = generation.reader(10 * MIB)) {
        long freed = mode == Mode.CHUNKED ? 2 * MIB / Mode.CHUNK * Mode.CHUNK : 2 * MIB;
        assertThat(punch(generation, 0, 12 * MIB)).isEqualTo(freed);
        assertThat(generation.present()).isEqualTo(RangeSet.of(new ByteRange(2 * MIB, 12 * MIB)));
        assertThat(reader.at(10 * MIB, 100)).isPresent();
      }
    }
  }

  /** Otherwise the copy that another node has taken would outlive titles that are played here. */
  @Test
  void reader_ofAnotherNode_keepsItsBytesAndDoesNotCountAsUse() throws Exception {
    try (Store store = open(100 * MIB);
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(16 * MIB));
      StoreRig.write(generation, 0, 12 * MIB);
      time.pass(Duration.ofHours(1));
      try (Reader reader = Reader.ofNode(generation, 0)) {
        assertThat(punch(generation, 0, 12 * MIB)).isZero();
        assertThat(reader.at(11 * MIB, MIB)).isPresent();
      }
      assertThat(title.meter().hits()).isZero();
      assertThat(title.meter().lastAccess()).isZero();
      assertThat(title.meter().watchedUntil()).isZero();
      assertThat(punch(generation, 0, 12 * MIB)).isPositive();
    }
  }

  @Test
  void punch_journalFails_changesNothing() throws Exception {
    try (Store store = open(100 * MIB);
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      StoreRig.write(generation, 0, MIB);
      stores.disk.refuse("No space left on device", path -> path.toString().endsWith(".st"));
      assertThatThrownBy(() -> punch(generation, 0, MIB)).hasStackTraceContaining("No space");
      assertThat(StoreRig.checkAll(generation)).isEqualTo(MIB);
      assertThat(store.usage().usedBytes()).isEqualTo(MIB);
      stores.disk.heal();
    }
    try (Store store = open(100 * MIB);
        Title title = store.title(KEY)) {
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(MIB);
    }
  }

  @Test
  void write_overTheLimit_makesRoomAtTheCostOfOldTitles() throws Exception {
    try (Store store = open(20 * MIB)) {
      for (int i = 0; i < 8; i++) {
        try (Title title = store.title(StoreRig.key(i))) {
          Generation generation = title.begin(StoreRig.facts(4 * MIB));
          for (int at = 0; at < 4 * MIB; at += MIB) {
            StoreRig.write(generation, at, MIB);
            assertThat(store.usage().usedBytes()).isLessThanOrEqualTo(20 * MIB);
          }
        }
        time.pass(Duration.ofHours(1));
      }
      try (Title first = store.title(StoreRig.key(0));
          Title last = store.title(StoreRig.key(7))) {
        assertThat(first.generation()).isEmpty();
        assertThat(StoreRig.checkAll(last.generation().orElseThrow())).isEqualTo(4 * MIB);
      }
      assertThat(store.usage().titles()).isBetween(4L, 5L);
    }
    assertThat(stores.ear.heard).isNotEmpty().allMatch(what -> what.startsWith("evicted"));
    try (Store store = open(20 * MIB)) {
      assertThat(store.usage().usedBytes()).isBetween(12L * MIB, 20L * MIB);
    }
  }

  @Test
  void write_overTheLimitWithoutAVictim_isRefusedAndToldOnceInAWhile() throws Exception {
    try (Store store = open(4 * MIB);
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(8 * MIB));
      StoreRig.write(generation, 0, 4 * MIB);
      refuses(generation);
      refuses(generation);
      time.pass(Duration.ofMinutes(11));
      refuses(generation);
      assertThat(store.usage().isWritable()).isTrue();
    }
    assertThat(stores.ear.heard).containsExactly("at limit", "at limit");
  }

  private static void refuses(Generation generation) {
    assertThatThrownBy(() -> StoreRig.write(generation, 4 * MIB, MIB))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Cause.FULL));
  }

  @Test
  void write_titleLargerThanTheCache_passesThroughAsAWindow() throws Exception {
    long total = 128L * MIB;
    try (Store store = open(48 * MIB);
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(total));
      try (Reader reader = generation.reader(0)) {
        for (long at = 0; at < total; at += MIB) {
          StoreRig.write(generation, at, MIB);
          assertThat(reader.at(at, MIB).orElseThrow().length()).isEqualTo(mode.run(at, MIB));
          assertThat(StoreRig.read(generation, at, 1)[0]).isEqualTo(StoreRig.byteAt(at));
          assertThat(store.usage().usedBytes()).isLessThanOrEqualTo(48L * MIB);
        }
      }
    }
    assertThat(stores.ear.heard).isNotEmpty().allMatch(what -> what.startsWith("evicted"));
  }

  private static long punch(Generation generation, long from, long to) throws Exception {
    return StoreRig.punch(generation, RangeSet.of(new ByteRange(from, to)));
  }

  private Store open(long maxBytes) throws StoreException {
    return stores.open(StoreRig.settings(temp.resolve("cache"), maxBytes), Stores.BOOT);
  }
}
