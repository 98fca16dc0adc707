package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The time of a provider's last confirmation survives a restart and costs no stored byte. */
@ParameterizedClass
@EnumSource
final class FreshnessTest {
  private static final long LATER = 9_000_000_000L;

  @TempDir private Path temp;
  @RegisterExtension private final Stores stores;

  FreshnessTest(Mode mode) {
    this.stores = new Stores(StoreTime.SYSTEM, mode);
  }

  private static void complete(Title title) throws Exception {
    complete(title, title.begin(StoreRig.facts(MIB)));
  }

  private static void complete(Title title, Generation generation) throws Exception {
    StoreRig.write(generation, 0, MIB);
    Stores.onKeeper(title, () -> assertThat(Checkpoint.run(generation)).isTrue());
  }

  private static Generation generation(Title title) {
    return title.generation().orElseThrow();
  }

  @Test
  void completion_countsAsACheck_alsoAfterARestart() throws Exception {
    long before = StoreTime.SYSTEM.now().getEpochSecond();
    try (Store store = stores.open(temp);
        Title title = store.title(KEY)) {
      complete(title);
      assertThat(generation(title).freshness().confirmed()).isGreaterThanOrEqualTo(before);
    }
    try (Store store = stores.open(temp);
        Title title = store.title(KEY)) {
      assertThat(generation(title).freshness().confirmed()).isGreaterThanOrEqualTo(before);
    }
  }

  /** The other node may have had the file for months. */
  @Test
  void completion_ofACopy_isNoCheck_alsoAfterARestart() throws Exception {
    long begun = 1_600_000_000;
    try (Store store = stores.open(temp);
        Title title = store.title(KEY)) {
      complete(title, title.copy(StoreRig.facts(MIB), begun));
      assertThat(generation(title).begun()).isEqualTo(begun);
      assertThat(generation(title).freshness().confirmed()).isEqualTo(begun);
    }
    try (Store store = stores.open(temp);
        Title title = store.title(KEY)) {
      assertThat(generation(title).isComplete()).isTrue();
      assertThat(generation(title).freshness().confirmed()).isEqualTo(begun);
    }
  }

  /** The clocks of two nodes differ. */
  @Test
  void copy_begunInTheFuture_isBegunNow() throws Exception {
    try (Store store = stores.open(temp);
        Title title = store.title(KEY)) {
      assertThat(title.copy(StoreRig.facts(MIB), LATER).begun()).isLessThan(LATER);
    }
  }

  @Test
  void confirmed_again_isKeptOverRestartsAndCompactions() throws Exception {
    try (Store store = stores.open(temp);
        Title title = store.title(KEY)) {
      complete(title);
      generation(title).confirmed(LATER);
    }
    try (Store store = stores.open(temp);
        Title title = store.title(KEY)) {
      Generation generation = generation(title);
      assertThat(generation.freshness().confirmed()).isEqualTo(LATER);
      assertThat(generation.isComplete()).isTrue();
      for (int check = 1; check <= 2000; check++) {
        generation.confirmed(LATER + check);
      }
      Stores.onKeeper(title, () -> assertThat(Checkpoint.run(generation)).isTrue());
      assertThat(Files.size(new Layout(temp).sidecar(KEY)))
          .as("many checks are written down as one")
          .isLessThan(SidecarBlock.BYTES + Compaction.SMALL_BYTES);
    }
    try (Store store = stores.open(temp);
        Title title = store.title(KEY)) {
      assertThat(generation(title).freshness().confirmed()).isEqualTo(LATER + 2000);
      assertThat(generation(title).isComplete()).isTrue();
    }
  }

  /** The COMPLETE record of an older version contains no time. */
  @Test
  void journalOfAnOlderVersion_isReadAsCheckedWhenItBegan() {
    ByteBuffer journal = ByteBuffer.allocate(3 * JournalRecord.BYTES);
    for (JournalRecord record :
        List.of(
            new JournalRecord(JournalRecord.Type.WRITTEN, (short) 7, 1, 0, 100, 0, 1),
            new JournalRecord(JournalRecord.Type.DURABLE, (short) 7, 1, 1, 0, 0, 1),
            new JournalRecord(JournalRecord.Type.COMPLETE, (short) 7, 1, 0, 0, 0, 1))) {
      record.encode(journal);
    }
    Replay replay = Replay.of(journal.flip(), (short) 7, 1);
    assertThat(replay.confirmed()).isZero();
    assertThat(replay.sealed()).isTrue();
    assertThat(replay.durable().size()).isEqualTo(100);
  }

  @Test
  void begin_oneTurnAtATime_andAPauseForWhoInsists() {
    Freshness freshness = new Freshness(/* confirmed= */ 0);
    assertThat(freshness.begin(10_000, Duration.ZERO)).isTrue();
    assertThat(freshness.isDue(Long.MAX_VALUE - 1)).as("while it is asked").isFalse();
    assertThat(freshness.begin(20_000, Duration.ZERO)).isFalse();
    freshness.rest(0);
    assertThat(freshness.isDue(20_000)).as("the turn is not taken away").isFalse();
    freshness.asks(20_000);
    freshness.end(50_000);
    assertThat(freshness.isDue(49_999)).isFalse();
    assertThat(freshness.isDue(50_000)).isTrue();
    assertThat(freshness.begin(24_999, Duration.ofSeconds(5))).isFalse();
    assertThat(freshness.begin(25_000, Duration.ofSeconds(5))).isTrue();
  }
}
