package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.durable.FaultyDisk;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

@ParameterizedClass
@EnumSource
final class StoreFaultsTest {
  @TempDir private Path temp;
  private final ManualTime time = new ManualTime();
  @RegisterExtension private final Stores stores;
  private final Mode mode;
  private final FaultyDisk disk;

  StoreFaultsTest(Mode mode) {
    this.mode = mode;
    this.stores = new Stores(time, mode);
    this.disk = stores.disk;
  }

  @Test
  void write_diskFull_publishesNothingAndLeavesTheData() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      StoreRig.write(generation, 0, 1000);
      disk.refuse("No space left on device", _ -> true);
      ByteBuffer data = StoreRig.bytes(1000, 1000);
      assertThatThrownBy(() -> generation.write(1000, data))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Cause.FULL));
      assertThat(data.remaining()).isEqualTo(1000);
      assertThat(generation.present()).isEqualTo(RangeSet.of(new ByteRange(0, 1000)));
      assertThat(store.usage().isWritable()).isFalse();
      disk.heal();
      time.pass(Duration.ofSeconds(2));
      StoreRig.write(generation, 1000, 1000);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(2000);
      assertThat(store.usage().isWritable()).isTrue();
    }
    assertThat(stores.ear.heard).containsExactly("failed FULL", "recovered");
  }

  @Test
  void begin_diskFull_livesInMemoryUntilThereIsRoom() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      disk.refuse("Read-only file system", _ -> true);
      Generation generation = title.begin(StoreRig.facts(MIB));
      assertThat(generation.total()).hasValue(MIB);
      assertThatThrownBy(() -> StoreRig.write(generation, 0, 10))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Cause.READ_ONLY));
      assertThat(stores.ear.failed.await(30, TimeUnit.SECONDS)).isTrue();
      disk.heal();
      time.pass(Duration.ofSeconds(2));
      StoreRig.write(generation, 0, 10);
      assertThat(title.generation()).contains(generation);
    }
    try (Store store = open();
        Title title = store.title(KEY)) {
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(10);
    }
    assertThat(stores.ear.heard).containsExactly("failed READ_ONLY", "recovered");
  }

  /** The file of a failed probe stayed in the trash until the next start. */
  @Test
  void probe_failed_leavesNothingBehind() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      disk.refuse("Input/output error", _ -> true);
      assertThatThrownBy(() -> StoreRig.write(generation, 0, 10))
          .isInstanceOf(StoreException.class);
      assertThat(stores.ear.failed.await(30, TimeUnit.SECONDS)).isTrue();
      disk.heal();
    }
  }

  @Test
  void journal_cannotBeWritten_catchesUpLater() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(2 * MIB));
      disk.refuse("Input/output error", path -> path.toString().endsWith(".st"));
      try {
        StoreRig.write(generation, 0, MIB);
      } catch (StoreException expected) {
        assertThat(expected.kind()).isEqualTo(StoreException.Cause.BROKEN);
      }
      assertThat(StoreRig.checkAll(generation)).isEqualTo(MIB);
      disk.heal();
    }
    try (Store store = open();
        Title title = store.title(KEY)) {
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(MIB);
    }
  }

  @Test
  void checkpoint_syncFails_makesHolesThatStay() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(2 * MIB));
      StoreRig.write(generation, 0, 300_000);
      assertThat(Checkpoint.run(generation)).isTrue();
      StoreRig.write(generation, MIB, 300_000);
      disk.failSyncs(true);
      assertThat(Checkpoint.run(generation)).isFalse();
      assertThat(stores.ear.failed.await(30, TimeUnit.SECONDS)).isTrue();
      disk.failSyncs(false);
      assertThat(generation.present()).isEqualTo(RangeSet.of(new ByteRange(0, 300_000)));
      time.pass(Duration.ofSeconds(2));
      StoreRig.write(generation, MIB, 10);
    }
    try (Store store = open();
        Title title = store.title(KEY)) {
      assertThat(title.generation().orElseThrow().present())
          .isEqualTo(RangeSet.of(new ByteRange(0, 300_000), new ByteRange(MIB, MIB + 10)));
    }
    assertThat(stores.ear.heard)
        .containsExactly("invalidated 300000 the disk failed", "failed BROKEN", "recovered");
  }

  @Test
  void checkpoint_sidecarSyncFails_comesAgain() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(2 * MIB));
      StoreRig.write(generation, 0, 300_000);
      disk.failSyncs(path -> path.toString().endsWith(".st"));
      assertThat(Checkpoint.run(generation)).isFalse();
      assertThat(generation.presence().durable().isEmpty()).isTrue();
      disk.failSyncs(false);
      assertThat(Checkpoint.run(generation)).isTrue();
      assertThat(generation.presence().durable()).isEqualTo(generation.present());
    }
    assertThat(durable(temp.resolve("cache"))).isEqualTo(RangeSet.of(new ByteRange(0, 300_000)));
  }

  /** Found by hand: one sidecar that belonged to another user switched the cache off for all. */
  @Test
  void journal_ofOneTitleCannotBeWritten_othersAreStored() throws Exception {
    try (Store store = open();
        Title sick = store.title(KEY);
        Title well = store.title(StoreRig.key(1))) {
      Generation generation = sick.begin(StoreRig.facts(2 * MIB));
      StoreRig.write(generation, 0, 1000);
      Generation others = well.begin(StoreRig.facts(2 * MIB));
      disk.refuse(
          "Input/output error", path -> path.toString().endsWith(KEY.value() + Layout.SIDECAR));
      StoreRig.write(generation, 1000, 1000);
      assertThat(Checkpoint.run(generation)).isFalse();
      awaitProbe();
      StoreRig.write(others, 0, 1000);
      assertThat(store.usage().isWritable()).isTrue();
      assertThat(StoreRig.checkAll(others)).isEqualTo(1000);
      disk.heal();
    }
    assertThat(stores.ear.heard).isEmpty();
  }

  /** Found by hand: {@code rm -rf} of the folder's contents left the cache off until a restart. */
  @Test
  void folders_deletedMeanwhile_areMadeAgain() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Path cache = temp.resolve("cache");
      for (String folder : List.of("media", "kept", "trash")) {
        Files.delete(cache.resolve(folder));
      }
      Generation generation = title.begin(StoreRig.facts(MIB));
      awaitProbe();
      StoreRig.write(generation, 0, MIB);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(MIB);
    }
    try (Store store = open();
        Title title = store.title(KEY)) {
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(MIB);
    }
    assertThat(stores.ear.heard).isEmpty();
  }

  @Test
  void failure_withoutAWriter_recoversByItself() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      disk.refuse("No space left on device", _ -> true);
      Generation generation = title.begin(StoreRig.facts(2 * MIB));
      assertThat(store.usage().isWritable()).isFalse();
      disk.heal();
      time.pass(Duration.ofSeconds(2));
      assertThat(stores.ear.recovered.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(store.usage().isWritable()).isTrue();
      assertThat(generation.present().isEmpty()).isTrue();
    }
  }

  @Test
  void write_interrupted_isWholeAndReadersGoOn() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(2 * MIB));
      StoreRig.write(generation, 0, 1000);
      try (Reader reader = generation.reader(0)) {
        Extent extent = reader.at(0, 100).orElseThrow();
        disk.interruptNextWrite();
        StoreRig.write(generation, 1000, MIB);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(extent.file().isOpen()).isTrue();
      }
      assertThat(StoreRig.checkAll(generation)).isEqualTo(1000 + MIB);
    }
    assertThat(stores.ear.heard).isEmpty();
  }

  @Test
  void manyTitles_areSharedAndOnlySomeStayOpen() throws Exception {
    int count = 300;
    try (Store store = open();
        ExecutorService players = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        try (Title title = store.title(StoreRig.key(i))) {
          StoreRig.write(title.begin(StoreRig.facts(MIB)), 0, 10);
        }
      }
      try (Title held = store.title(StoreRig.key(0))) {
        CompletableFuture.runAsync(store::closeIdle, keeper(held)).get(30, TimeUnit.SECONDS);
        assertThat(disk.stillOpen().stream().map(Path::getFileName).distinct())
            .as("two files a title, and the index")
            .hasSizeLessThanOrEqualTo(2 * 129 + 1);
        assertThat(StoreRig.checkAll(held.generation().orElseThrow())).isEqualTo(10);
        List<Future<Long>> plays = new ArrayList<>();
        for (int i = 0; i < 4 * count; i++) {
          int number = i % count;
          plays.add(players.submit(() -> play(store, number)));
        }
        for (int i = 0; i < 20; i++) {
          CompletableFuture.runAsync(store::closeIdle, keeper(held)).get(30, TimeUnit.SECONDS);
        }
        for (Future<Long> play : plays) {
          assertThat(play.get(60, TimeUnit.SECONDS)).isEqualTo(10);
        }
      }
      assertThat(store.usage().titles()).isEqualTo(count);
      assertThat(store.usage().usedBytes()).isEqualTo(count * Accounts.BLOCK);
    }
  }

  private static long play(Store store, int number) {
    try (Title title = store.title(StoreRig.key(number));
        Title same = store.title(StoreRig.key(number))) {
      assertThat(same).isSameAs(title);
      return StoreRig.checkAll(title.generation().orElseThrow());
    }
  }

  private static Executor keeper(Title title) {
    return title.generation().orElseThrow().parts().threads().keeper();
  }

  private static RangeSet durable(Path folder) throws Exception {
    byte[] sidecar = Files.readAllBytes(new Layout(folder).sidecar(KEY));
    SidecarBlock block = SidecarBlock.decode(sidecar).orElseThrow();
    ByteBuffer journal =
        ByteBuffer.wrap(sidecar, SidecarBlock.BYTES, sidecar.length - SidecarBlock.BYTES);
    return Replay.of(journal, block.generationTag(), /* bootTag= */ 0).durable();
  }

  /** Waits until the keeper has synced its probe file. */
  private void awaitProbe() {
    while (disk.synced().stream()
        .noneMatch(file -> file.getFileName().toString().startsWith(".probe-"))) {
      Thread.onSpinWait();
    }
  }

  private Store open() throws StoreException {
    return stores.open(temp.resolve("cache"));
  }
}
