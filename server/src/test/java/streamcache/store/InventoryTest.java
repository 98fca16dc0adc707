package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
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

final class InventoryTest {

  private static final TitleKey OTHER = StoreRig.key(1);

  @TempDir private Path temp;
  private final ManualTime time = new ManualTime();
  @RegisterExtension private final Stores stores = new Stores(time, Mode.SPARSE);

  private Store open() throws StoreException {
    return stores.open(temp.resolve("cache"));
  }

  private static EvictOutcome evict(Store store, TitleKey key) throws Exception {
    return store.inventory().evict(key).get(30, TimeUnit.SECONDS);
  }

  @Test
  void uses_titleBeingWritten_isThereAtOnce() throws Exception {
    try (Store store = open()) {
      try (Title title = store.title(KEY)) {
        Generation generation = title.begin(StoreRig.facts(4 * MIB));
        StoreRig.write(generation, 0, MIB);

        TitleUse use = store.inventory().use(KEY).orElseThrow();
        assertThat(store.inventory().uses()).containsExactly(use);
        assertThat(use.usedBytes()).isEqualTo(MIB);
        assertThat(use.total()).isEqualTo(4 * MIB);
        assertThat(use.complete()).isFalse();
        assertThat(store.inventory().isInUse(KEY)).isTrue();
      }
      assertThat(store.inventory().isInUse(KEY)).isFalse();
    }
    try (Store store = open();
        Title title = store.title(KEY)) {
      StoreRig.write(title.generation().orElseThrow(), MIB, MIB);

      assertThat(store.inventory().uses())
          .as("known from the earlier run, and changed")
          .singleElement()
          .matches(use -> use.usedBytes() == 2 * MIB);
    }
  }

  @Test
  void facts_titlesOfAnEarlierRun_areReadWithoutOpeningThem() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation _ = StoreRig.completeFilm(title);
    }
    try (Store store = open()) {
      assertThat(store.inventory().facts(List.of(KEY, OTHER)))
          .containsOnlyKeys(KEY)
          .hasEntrySatisfying(KEY, facts -> assertThat(facts.name()).isEqualTo("Movie (2020).mkv"));
      assertThat(store.inventory().uses()).singleElement().matches(TitleUse::complete);
      assertThat(store.openTitles()).isEmpty();
    }
  }

  @Test
  void labels_ofAnEarlierRun_areKnownAtOnce_orReadFromTheSidecars() throws Exception {
    TitleLabel label = TitleLabel.of("Movie (2020).mkv", "cdn.example");
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation _ = StoreRig.completeFilm(title);
      assertThat(store.inventory().use(KEY).orElseThrow().label()).isEqualTo(label);
    }
    Path sidecar = new Layout(temp.resolve("cache")).sidecar(KEY);
    byte[] whole = Files.readAllBytes(sidecar);
    Files.write(sidecar, new byte[whole.length]);
    try (Store store = open()) {
      assertThat(store.inventory().use(KEY).orElseThrow().label()).isEqualTo(label);
    }
    Files.write(sidecar, whole);
    Files.delete(temp.resolve("cache").resolve("index.names"));
    try (Store store = open()) {
      store.scanned().join();
      assertThat(store.inventory().use(KEY).orElseThrow().label()).isEqualTo(label);
      assertThat(store.openTitles()).isEmpty();
    }
  }

  @Test
  void evict_titleThatNobodyUses_isGone() throws Exception {
    try (Store store = open()) {
      assertThat(evict(store, KEY)).isEqualTo(EvictOutcome.UNKNOWN);
      try (Title title = store.title(KEY)) {
        Generation _ = StoreRig.completeFilm(title);
        assertThat(evict(store, KEY)).isEqualTo(EvictOutcome.IN_USE);
      }

      assertThat(evict(store, KEY)).isEqualTo(EvictOutcome.EVICTED);
      assertThat(store.usage().usedBytes()).isZero();
      assertThat(store.inventory().uses()).isEmpty();
      assertThat(evict(store, KEY)).isEqualTo(EvictOutcome.UNKNOWN);
    }
  }

  @Test
  void evictWhenFree_titleBeingRead_isGoneOnceItIsNot() throws Exception {
    try (Store store = open();
        Title other = store.title(OTHER)) {
      Generation _ = StoreRig.completeFilm(other);
      try (Title title = store.title(KEY)) {
        Generation generation = StoreRig.completeFilm(title);
        store.inventory().evictWhenFree(KEY);
        Stores.onKeeper(other, store.inventory()::tick);
        assertThat(StoreRig.checkAll(generation)).isEqualTo(4 * MIB);
      }
      Stores.onKeeper(other, store.inventory()::tick);

      assertThat(store.inventory().uses().map(TitleUse::key)).containsExactly(OTHER);
      try (Title again = store.title(KEY)) {
        Generation _ = StoreRig.completeFilm(again);
      }
      Stores.onKeeper(other, store.inventory()::tick);
      assertThat(store.inventory().use(KEY)).as("it was evicted once").isPresent();
    }
  }

  @Test
  void evict_filmThatItsOwnerKeeps_staysWhole() throws Exception {
    try (Store store = open()) {
      try (Title title = store.title(KEY)) {
        Files.createLink(temp.resolve("kept.mkv"), StoreRig.file(StoreRig.completeFilm(title)));
      }

      assertThat(evict(store, KEY)).isEqualTo(EvictOutcome.KEPT);
      assertThat(store.inventory().use(KEY))
          .hasValueSatisfying(use -> assertThat(use.pinned()).isTrue());
      try (Title title = store.title(KEY)) {
        assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(4 * MIB);
      }
    }
  }

  @Test
  void pin_title_outlivesEvictionAndARestart() throws Exception {
    long limit = 10 * MIB;
    try (Store store = stores.open(StoreRig.settings(temp.resolve("cache"), limit), Stores.BOOT)) {
      assertThat(pin(store, KEY, /* isPinned= */ true)).isEqualTo(PinOutcome.UNKNOWN);
      try (Title title = store.title(KEY)) {
        Generation _ = StoreRig.completeFilm(title);
      }
      assertThat(pin(store, KEY, /* isPinned= */ true)).isEqualTo(PinOutcome.DONE);
      assertThat(evict(store, KEY)).isEqualTo(EvictOutcome.PINNED);
    }
    time.pass(Duration.ofHours(1));
    try (Store store = stores.open(StoreRig.settings(temp.resolve("cache"), limit), Stores.BOOT)) {
      assertThat(store.inventory().isPinned(KEY)).isTrue();
      try (Title other = store.title(OTHER)) {
        Generation generation = other.begin(StoreRig.facts(limit));
        assertThat(StoreRig.writeUntilRefused(generation))
            .as("what a pinned title leaves")
            .isEqualTo(limit - 4 * MIB);

        assertThat(pin(store, KEY, /* isPinned= */ false)).isEqualTo(PinOutcome.DONE);
        Stores.onKeeper(other, store.janitor()::round);
      }
      assertThat(store.inventory().use(KEY)).as("unpinned").isEmpty();
      assertThat(pin(store, KEY, /* isPinned= */ false)).isEqualTo(PinOutcome.DONE);
    }
  }

  @Test
  void pin_fileThatCannotBeWritten_changesNothing() throws Exception {
    try (Store store = open()) {
      try (Title title = store.title(KEY)) {
        Generation _ = StoreRig.completeFilm(title);
      }
      Files.writeString(temp.resolve("cache").resolve("PINS"), "notes of somebody else");

      assertThat(pin(store, KEY, /* isPinned= */ true)).isEqualTo(PinOutcome.FAILED);
      assertThat(store.inventory().isPinned(KEY)).isFalse();
      assertThat(temp.resolve("cache").resolve("PINS")).hasContent("notes of somebody else");
    }
  }

  private static PinOutcome pin(Store store, TitleKey key, boolean isPinned) throws Exception {
    return store.inventory().pin(key, isPinned).get(30, TimeUnit.SECONDS);
  }
}
