package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

final class StoreFaultsTest {
  @TempDir private Path temp;
  private final FaultyDisk disk = new FaultyDisk();
  private final ManualTime time = new ManualTime();
  private final StoreRig.Ear ear = new StoreRig.Ear();

  @AfterEach
  void noFileIsLeftOpen() {
    assertThat(disk.stillOpen()).isEmpty();
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
      assertThat(store.usage().takesBytes()).isFalse();
      disk.heal();
      time.pass(Duration.ofSeconds(2));
      StoreRig.write(generation, 1000, 1000);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(2000);
      assertThat(store.usage().takesBytes()).isTrue();
    }
    assertThat(ear.heard).containsExactly("trouble FULL", "healed");
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
      disk.heal();
      time.pass(Duration.ofSeconds(2));
      StoreRig.write(generation, 0, 10);
      assertThat(title.generation()).contains(generation);
    }
    try (Store store = open();
        Title title = store.title(KEY)) {
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(10);
    }
    assertThat(ear.heard).containsExactly("trouble READ_ONLY", "healed");
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
  void checkpoint_syncFails_isNotCalledDurable() throws Exception {
    Path copy = temp.resolve("copy");
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(2 * MIB));
      StoreRig.write(generation, 0, 300_000);
      disk.failSyncs(true);
      assertThat(Checkpoint.run(generation)).isFalse();
      disk.failSyncs(false);
      StoreRig.killed(temp.resolve("cache"), copy);
      assertThat(Checkpoint.run(generation)).isTrue();
    }
    assertThat(durable(copy)).isEqualTo(RangeSet.EMPTY);
    assertThat(durable(temp.resolve("cache"))).isEqualTo(RangeSet.of(new ByteRange(0, 300_000)));
  }

  @Test
  void write_interrupted_isWholeAndReadersGoOn() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(2 * MIB));
      StoreRig.write(generation, 0, 1000);
      try (Reader reader = generation.reader(0)) {
        Extent extent = reader.at(0, 100).orElseThrow();
        Thread.currentThread().interrupt();
        StoreRig.write(generation, 1000, MIB);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(extent.file().isOpen()).isTrue();
      }
      assertThat(StoreRig.checkAll(generation)).isEqualTo(1000 + MIB);
    }
    assertThat(ear.heard).isEmpty();
  }

  private static RangeSet durable(Path folder) throws Exception {
    byte[] sidecar = java.nio.file.Files.readAllBytes(new Layout(folder).sidecar(KEY));
    SidecarBlock block = SidecarBlock.decode(sidecar).orElseThrow();
    ByteBuffer journal =
        ByteBuffer.wrap(sidecar, SidecarBlock.BYTES, sidecar.length - SidecarBlock.BYTES);
    return Replay.of(journal, block.generationTag(), /* bootTag= */ 0).durable();
  }

  private Store open() throws StoreException {
    return Store.open(StoreRig.settings(temp.resolve("cache")), ear, disk, time);
  }
}
