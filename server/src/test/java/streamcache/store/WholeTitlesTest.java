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
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** Files can be sparse, but holes cannot be punched: a title is evicted whole or not at all. */
final class WholeTitlesTest {
  @TempDir private Path temp;
  private final ManualTime time = new ManualTime();
  @RegisterExtension private final Stores stores = new Stores(time, Mode.UNPUNCHED);

  @Test
  void write_overTheLimit_evictsWholeTitlesAndPunchesNone() throws Exception {
    try (Store store = open(40 * MIB)) {
      for (int i = 0; i < 4; i++) {
        try (Title title = store.title(StoreRig.key(i))) {
          Generation generation = title.begin(StoreRig.facts(16 * MIB));
          for (int at = 0; at < 16 * MIB; at += MIB) {
            StoreRig.write(generation, at, MIB);
            assertThat(store.usage().usedBytes()).isLessThanOrEqualTo(40 * MIB);
          }
        }
        time.pass(Duration.ofHours(1));
      }
      for (int i = 0; i < 4; i++) {
        try (Title title = store.title(StoreRig.key(i))) {
          RangeSet present = title.generation().map(Generation::present).orElse(RangeSet.EMPTY);
          assertThat(present)
              .as("title %d", i)
              .isIn(RangeSet.EMPTY, RangeSet.of(new ByteRange(0, 16 * MIB)));
        }
      }
      assertThat(store.usage().usedBytes()).isEqualTo(store.usage().titles() * 16 * MIB);
    }
    assertThat(stores.disk.punches()).isZero();
    assertThat(stores.ear.heard).isNotEmpty().allMatch(what -> what.equals("evicted 16777216"));
  }

  @Test
  void shrink_oneTitle_changesNothing() throws Exception {
    try (Store store = open(40 * MIB);
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(4 * MIB));
      StoreRig.write(generation, 0, 3 * MIB);
      assertThat(StoreRig.punch(generation, RangeSet.of(new ByteRange(0, MIB)))).isZero();
      assertThat(StoreRig.checkAll(generation)).isEqualTo(3 * MIB);
      assertThat(store.usage().usedBytes()).isEqualTo(3 * MIB);
    }
  }

  @Test
  void write_titleLargerThanTheCache_isRefusedAndLosesNothing() throws Exception {
    try (Store store = open(8 * MIB);
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(64 * MIB));
      try (Reader reader = generation.reader(0)) {
        StoreRig.write(generation, 0, 8 * MIB);
        assertThat(reader.at(8 * MIB - 1, 1)).isPresent();
        assertThatThrownBy(() -> StoreRig.write(generation, 8 * MIB, MIB))
            .isInstanceOf(StoreException.class);
      }
      assertThat(StoreRig.checkAll(generation)).isEqualTo(8 * MIB);
    }
    assertThat(stores.disk.punches()).isZero();
  }

  private Store open(long maxBytes) throws StoreException {
    return stores.open(StoreRig.settings(temp.resolve("cache"), maxBytes), Stores.BOOT);
  }
}
