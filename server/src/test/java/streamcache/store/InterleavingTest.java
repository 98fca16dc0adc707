package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.durable.FaultyDisk;
import streamcache.durable.FaultyDisk.Step;
import streamcache.durable.Pause;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** Two threads work on one title, and one of them is stopped at the worst moment. */
@ParameterizedClass
@EnumSource(names = {"SPARSE", "CHUNKED"})
final class InterleavingTest {

  /** The shift of a newer generation's bytes. */
  private static final long NEWER = 1L << 40;

  @TempDir private Path temp;
  @RegisterExtension private final Stores stores;
  private final FaultyDisk disk;
  private final Mode mode;

  InterleavingTest(Mode mode) {
    this.mode = mode;
    this.stores = new Stores(StoreTime.SYSTEM, mode);
    this.disk = stores.disk;
  }

  @Test
  void shrink_besideAWriterInTheSameBlock_leavesItsBytes() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      StoreRig.write(generation, 0, 1000);
      Pause pause = disk.pause(Step.WRITTEN, InterleavingTest::isMedia);
      Call<?> writer = call(() -> StoreRig.write(generation, 2000, 1000));
      pause.awaitArrival();
      StoreRig.punch(generation, RangeSet.of(new ByteRange(0, 1000)));
      pause.end();
      writer.join();
      assertThat(generation.present()).isEqualTo(RangeSet.of(new ByteRange(2000, 3000)));
      assertThat(StoreRig.checkAll(generation)).isEqualTo(1000);
    }
  }

  @Test
  void write_intoBytesThatAreBeingGivenUp_waitsUntilTheyAre() throws Exception {
    Step step = mode == Mode.CHUNKED ? Step.DELETING : Step.PUNCHING;
    int length = (int) Mode.CHUNK;
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      StoreRig.write(generation, 0, 2 * length);
      Pause pause = disk.pause(step, InterleavingTest::isMedia);
      Call<?> eviction =
          call(() -> StoreRig.punch(generation, RangeSet.of(new ByteRange(0, length))));
      pause.awaitArrival();
      Call<?> writer = call(() -> StoreRig.write(generation, 10, 100));
      Pause.awaitStandstill(writer.thread());
      assertThat(generation.present().contains(10)).isFalse();
      pause.end();
      eviction.join();
      writer.join();
      assertThat(StoreRig.checkAll(generation)).isEqualTo(length + 100);
    }
  }

  @Test
  void write_bytesThatAnotherWriterIsAt_areWrittenOnce() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      long before = disk.bytesWritten();
      Pause pause = disk.pause(Step.WRITTEN, InterleavingTest::isMedia);
      Call<?> first = call(() -> StoreRig.write(generation, 0, 1000));
      pause.awaitArrival();
      Call<?> second = call(() -> StoreRig.write(generation, 0, 2000));
      Pause.awaitStandstill(second.thread());
      pause.end();
      first.join();
      second.join();
      assertThat(disk.bytesWritten() - before).isLessThan(2000 + 10 * JournalRecord.BYTES);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(2000);
    }
  }

  @Test
  void checkpoint_whileAWriterLengthensItsRun_promisesNothingOfIt() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      StoreRig.write(generation, 500_000, 1000);
      StoreRig.write(generation, 0, 1000);
      Pause pause = disk.pause(Step.WRITTEN, InterleavingTest::isMedia);
      Call<?> writer = call(() -> StoreRig.write(generation, 1000, 1000));
      pause.awaitArrival();
      Stores.onKeeper(title, () -> assertThat(Checkpoint.run(generation)).isTrue());
      assertThat(generation.presence().durable())
          .isEqualTo(RangeSet.of(new ByteRange(500_000, 501_000)));
      pause.end();
      writer.join();
      Stores.onKeeper(title, () -> assertThat(Checkpoint.run(generation)).isTrue());
      assertThat(generation.presence().durable()).isEqualTo(generation.present());
    }
  }

  @Test
  void checkpoint_syncFailsWhileAWriterLengthensItsRun_losesTheRunToo() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      StoreRig.write(generation, 0, 1000);
      Pause pause = disk.pause(Step.WRITTEN, InterleavingTest::isMedia);
      Call<?> writer = call(() -> StoreRig.write(generation, 1000, 1000));
      pause.awaitArrival();
      disk.failSyncs(InterleavingTest::isMedia);
      Stores.onKeeper(title, () -> assertThat(Checkpoint.run(generation)).isFalse());
      disk.failSyncs(false);
      pause.end();
      writer.join();
      assertThat(generation.present()).isEqualTo(RangeSet.of(new ByteRange(1000, 2000)));
      assertThat(StoreRig.checkAll(generation)).isEqualTo(1000);
    }
    try (Store store = open();
        Title title = store.title(KEY)) {
      assertThat(title.generation().orElseThrow().present())
          .isEqualTo(RangeSet.of(new ByteRange(1000, 2000)));
    }
  }

  @Test
  void begin_whileBytesOfTheOldOneAreGivenUp_losesNoneOfItsOwn() throws Exception {
    Step step = mode == Mode.CHUNKED ? Step.DELETING : Step.PUNCHING;
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation old = title.begin(StoreRig.facts(MIB));
      StoreRig.write(old, 0, 500_000);
      Pause pause = disk.pause(step, InterleavingTest::isMedia);
      Call<?> eviction = call(() -> StoreRig.punch(old, RangeSet.of(new ByteRange(0, 500_000))));
      pause.awaitArrival();
      Call<Generation> begin =
          call(() -> {
            Generation fresh = title.begin(StoreRig.facts(MIB));
            fresh.write(0, StoreRig.bytes(NEWER, 500_000));
            return fresh;
          });
      Pause.awaitStandstill(begin.thread());
      pause.end();
      eviction.join();
      assertThat(StoreRig.checkAll(begin.join(), NEWER)).isEqualTo(500_000);
    }
  }

  @Test
  void begin_whileTheSidecarSaysWhatGoes_stillDeletesTheOldOne() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation old = title.begin(StoreRig.facts(MIB));
      StoreRig.write(old, 0, 500_000);
      Pause pause = disk.pause(Step.SYNCING, path -> path.toString().endsWith(".st"));
      Call<?> eviction = call(() -> StoreRig.punch(old, RangeSet.of(new ByteRange(0, 500_000))));
      pause.awaitArrival();
      Generation fresh = title.begin(StoreRig.facts(MIB));
      fresh.write(0, StoreRig.bytes(NEWER, 500_000));
      pause.end();
      eviction.join();
      Stores.onKeeper(title, () -> {});
      assertThat(title.isIdleBut(1)).isTrue();
      assertThat(StoreRig.checkAll(fresh, NEWER)).isEqualTo(500_000);
    }
  }

  @Test
  void begin_whileAWriteToTheOldOneFails_stillDeletesTheOldOne() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation old = title.begin(StoreRig.facts(MIB));
      Pause pause = disk.pause(Step.OPENING, InterleavingTest::isMedia);
      Call<?> writer = call(() -> StoreRig.write(old, 0, 1000));
      pause.awaitArrival();
      Generation fresh = title.begin(StoreRig.facts(MIB));
      disk.refuse("Input/output error", _ -> true);
      pause.end();
      assertThatThrownBy(writer::join).hasRootCauseMessage("Input/output error");
      disk.heal();
      Stores.onKeeper(title, () -> {});
      assertThat(title.isIdleBut(1)).isTrue();
      assertThat(title.generation()).contains(fresh);
    }
  }

  @Test
  void begin_whileAWriterOpensTheOldFile_mixesNoBytes() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation old = title.begin(StoreRig.facts(MIB));
      try (Reader reader = old.reader(0)) {
        Pause pause = disk.pause(Step.OPENING, InterleavingTest::isMedia);
        Call<?> writer = call(() -> StoreRig.write(old, 0, 50_000));
        pause.awaitArrival();
        Generation fresh = title.begin(StoreRig.facts(MIB));
        fresh.write(0, StoreRig.bytes(NEWER, 100_000));
        pause.end();
        writer.join();
        assertThat(reader.at(0, 100)).isPresent();
        assertThat(StoreRig.checkAll(old)).isEqualTo(50_000);
        assertThat(StoreRig.checkAll(fresh, NEWER)).isEqualTo(100_000);
      }
    }
  }

  @Test
  void begin_whileTheOldOneHasRecordsQueued_keepsItsSidecarToItself() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      StoreRig.write(title.begin(StoreRig.facts(MIB)), 0, 300_000);
    }
    Path sidecar = new Layout(temp.resolve("cache")).sidecar(KEY);
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation old = title.generation().orElseThrow();
      SidecarJournal journal = old.files().orElseThrow().journal();
      journal.written(new ByteRange(400_000, 500_000), /* dataCrc= */ 0);
      title.begin(StoreRig.facts(MIB));
      byte[] fresh = Files.readAllBytes(sidecar);
      journal.flushAll();
      assertThat(sidecar).hasBinaryContent(fresh);
    }
  }

  @Test
  void title_whileItIsBeingDeleted_isAFreshOne() throws Exception {
    try (Store store = open();
        Title other = store.title(StoreRig.key(1))) {
      StoreRig.write(other.begin(StoreRig.facts(MIB)), 0, 10);
      Title title = store.title(KEY);
      StoreRig.write(title.begin(StoreRig.facts(MIB)), 0, MIB);
      Pause pause = disk.pause(Step.MOVING, path -> path.endsWith(KEY + ".st"));
      Call<?> deletion = call(() -> Stores.onKeeper(other, () -> store.discard(title)));
      pause.awaitArrival();
      Call<Title> play = call(() -> store.title(KEY));
      Pause.awaitStandstill(play.thread());
      pause.end();
      deletion.join();
      title.close();
      try (Title again = play.join()) {
        assertThat(again).isNotSameAs(title);
        assertThat(again.generation()).isEmpty();
        Generation fresh = again.begin(StoreRig.facts(MIB));
        StoreRig.write(fresh, 0, 1000);
        assertThat(StoreRig.checkAll(fresh)).isEqualTo(1000);
      }
    }
  }

  @Test
  void discard_titleThatSomebodyHolds_isRefused() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY);
        Title held = store.title(KEY)) {
      StoreRig.write(title.begin(StoreRig.facts(MIB)), 0, 1000);
      Stores.onKeeper(title, () -> assertThat(store.discard(held)).isFalse());
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(1000);
    }
  }

  @Test
  void sweep_generationSupersededSinceTheStart_leavesItToItsReaders() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation old = title.begin(StoreRig.facts(MIB));
      StoreRig.write(old, 0, 500_000);
      try (Reader reader = old.reader(0)) {
        title.begin(StoreRig.facts(MIB));
        Sweep sweep = new Sweep(old.parts(), store::title, Set.of(), /* hasEarlierNames= */ false);
        sweep.deleteOrphans();
        assertThat(reader.at(400_000, 10)).isPresent();
        assertThat(StoreRig.checkAll(old)).isEqualTo(500_000);
      }
    }
  }

  /** A task that runs on its own thread. */
  private record Call<T>(Thread thread, FutureTask<T> task) {
    T join() throws Exception {
      try {
        return task.get(30, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private static Call<?> call(Action action) {
    return call(() -> {
      action.run();
      return true;
    });
  }

  private static <T> Call<T> call(Callable<T> action) {
    FutureTask<T> task = new FutureTask<>(action);
    return new Call<>(Thread.ofPlatform().start(task), task);
  }

  private static boolean isMedia(Path path) {
    return !path.toString().contains(".st");
  }

  private Store open() throws StoreException {
    return stores.open(temp.resolve("cache"));
  }
}
