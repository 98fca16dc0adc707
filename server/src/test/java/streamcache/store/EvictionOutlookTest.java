package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static streamcache.store.StoreRig.MIB;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.TitleKey;

/** What the store says it would evict, against what it evicts. */
final class EvictionOutlookTest {

  private static final int SIZE = 4 * MIB;

  @TempDir private Path temp;
  private final ManualTime time = new ManualTime();
  @RegisterExtension private final Stores stores = new Stores(time, Mode.SPARSE);

  private Store open(long maxBytes) throws StoreException {
    return stores.open(StoreRig.settings(temp.resolve("cache"), maxBytes), Stores.BOOT);
  }

  /** An hour after the one before. */
  private void fill(Store store, int number) throws Exception {
    try (Title title = store.title(StoreRig.key(number))) {
      Generation generation = title.begin(StoreRig.facts(SIZE));
      StoreRig.write(generation, 0, SIZE);
      Stores.onKeeper(title, () -> {});
    }
    time.pass(Duration.ofHours(1));
  }

  private static EvictionOutlook outlook(Store store, int most) throws Exception {
    return store.evictionOutlook(most).get(30, TimeUnit.SECONDS);
  }

  private static List<TitleKey> next(EvictionOutlook outlook) {
    return outlook.next().stream().map(next -> next.use().key()).toList();
  }

  @Test
  void outlook_isTheOrderInWhichTitlesGo_andEvictsNothing() throws Exception {
    try (Store store = open(8L * SIZE)) {
      for (int number = 0; number < 6; number++) {
        fill(store, number);
      }
      long used = store.usage().usedBytes();

      EvictionOutlook outlook = outlook(store, 10);

      assertThat(next(outlook))
          .containsExactly(
              StoreRig.key(0),
              StoreRig.key(1),
              StoreRig.key(2),
              StoreRig.key(3),
              StoreRig.key(4),
              StoreRig.key(5));
      assertThat(next(outlook(store, 2))).isEqualTo(next(outlook).subList(0, 2));
      assertThat(store.usage().usedBytes()).isEqualTo(used);
      for (int number = 6; number < 12; number++) {
        fill(store, number);
      }
      List<TitleKey> left = store.inventory().uses().map(TitleUse::key).toList();
      List<TitleKey> gone = next(outlook).stream().filter(title -> !left.contains(title)).toList();
      assertThat(gone).hasSizeBetween(3, 5).isEqualTo(next(outlook).subList(0, gone.size()));
    }
  }

  @Test
  void outlook_titlesThatStay_areNamedWithWhatKeepsThem() throws Exception {
    try (Store store = open(20L * SIZE)) {
      for (int number = 0; number < 4; number++) {
        fill(store, number);
      }
      assertThat(store.inventory().pin(StoreRig.key(0), true).join()).isEqualTo(PinOutcome.DONE);
      try (Title kept = store.title(StoreRig.key(1))) {
        Path file = StoreRig.file(kept.generation().orElseThrow());
        Files.createLink(temp.resolve("kept.mkv"), file);
      }
      try (Title _ = store.title(StoreRig.key(2))) {
        EvictionOutlook outlook = outlook(store, 10);
        assertThat(next(outlook)).containsExactly(StoreRig.key(3));
        assertThat(outlook.staying())
            .extracting(stays -> stays.use().key(), EvictionOutlook.Staying::obstacle)
            .containsExactlyInAnyOrder(
                tuple(StoreRig.key(0), EvictionObstacle.PINNED),
                tuple(StoreRig.key(1), EvictionObstacle.KEPT),
                tuple(StoreRig.key(2), EvictionObstacle.IN_USE));
      }
    }
  }

  @Test
  void outlook_emptyStore_isEmpty() throws Exception {
    try (Store store = open(20L * SIZE)) {
      assertThat(outlook(store, 10)).isEqualTo(new EvictionOutlook(List.of(), List.of()));
    }
  }
}
