package streamcache.store;

import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import streamcache.durable.FileSystemAbilities;
import streamcache.durable.NativeFiles;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** Bytes removed from the disk behind the store's back are never served as zeros. */
@EnabledOnOs(OS.LINUX)
final class ScrubberTest {
  private static final RangeSet ALL = RangeSet.of(new ByteRange(0, 4 * MIB));
  private static final ByteRange HOLE = new ByteRange(MIB, 2 * MIB);

  @TempDir private Path temp;
  private final ManualTime time = new ManualTime();
  @RegisterExtension private final Stores stores = new Stores(time, Mode.SPARSE);

  @Test
  void round_nothingLost_saysNothing() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = film(title);
      assertThat(StoreRig.punch(generation, RangeSet.of(HOLE))).isEqualTo(MIB);
      audit(store, title);
      assertThat(generation.present()).isEqualTo(ALL.minus(HOLE));
    }
    assertThat(stores.ear.heard).isEmpty();
  }

  @Test
  void round_fileCutOff_isAHoleUnderAReader() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = film(title);
      try (Reader reader = generation.reader(0)) {
        assertThat(reader.at(3 * MIB, 10)).isPresent();
        truncate(StoreRig.file(generation), MIB + 7);
        audit(store, title);
        assertThat(generation.present()).isEqualTo(RangeSet.of(new ByteRange(0, MIB + 7)));
        assertThat(reader.at(3 * MIB, 10)).isEmpty();
      }
      StoreRig.write(generation, 0, 4 * MIB);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(4 * MIB);
    }
    assertThat(stores.ear.heard)
        .containsExactly("invalidated 3145721 the bytes are missing on disk");
    try (Store store = open();
        Title title = store.title(KEY)) {
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(4 * MIB);
    }
  }

  @Test
  void round_holeInSyncedBytes_isAHole() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = film(title);
      hollow(StoreRig.file(generation));
      audit(store, title);
      assertThat(generation.present()).isEqualTo(ALL.minus(HOLE));
      assertThat(StoreRig.checkAll(generation)).isEqualTo(3 * MIB);
      assertThat(store.usage().usedBytes()).isEqualTo(3 * MIB);
    }
    assertThat(stores.ear.heard)
        .containsExactly("invalidated 1048576 the bytes are missing on disk");
    try (Store store = open();
        Title title = store.title(KEY)) {
      assertThat(title.generation().orElseThrow().present()).isEqualTo(ALL.minus(HOLE));
    }
    assertThat(stores.ear.heard).hasSize(1);
  }

  @Test
  void round_holeInBytesNotYetSynced_waitsForTheSync() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(8 * MIB));
      StoreRig.write(generation, 0, 4 * MIB);
      hollow(StoreRig.file(generation));
      audit(store, title);
      assertThat(generation.present()).isEqualTo(ALL);
      assertThat(Checkpoint.run(generation)).isTrue();
      audit(store, title);
      assertThat(generation.present()).isEqualTo(ALL.minus(HOLE));
    }
  }

  @Test
  void round_fileSystemThatCompresses_isNotInvalidated() throws Exception {
    stores.disk.pretend(ScrubberTest::inexact);
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = film(title);
      hollow(StoreRig.file(generation));
      audit(store, title);
      assertThat(generation.present()).isEqualTo(ALL);
      truncate(StoreRig.file(generation), 3 * MIB);
      audit(store, title);
      assertThat(generation.present()).isEqualTo(RangeSet.of(new ByteRange(0, 3 * MIB)));
      // Makes the accounts match the disk.
      StoreRig.punch(generation, RangeSet.of(HOLE));
    }
  }

  @Test
  void open_hollowedMeanwhile_isAHoleBeforeAByteIsServed() throws Exception {
    Path file;
    try (Store store = open();
        Title title = store.title(KEY)) {
      file = StoreRig.file(film(title));
    }
    hollow(file);
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseThrow();
      assertThat(generation.present()).isEqualTo(ALL.minus(HOLE));
      assertThat(StoreRig.checkAll(generation)).isEqualTo(3 * MIB);
    }
    assertThat(stores.ear.heard).singleElement().asString().startsWith("invalidated 1048576");
  }

  @Test
  void round_titlesNobodyHasOpen_areReadAFewAtATime() throws Exception {
    try (Store store = open()) {
      for (int i = 0; i < 10; i++) {
        try (Title title = store.title(StoreRig.key(i))) {
          StoreRig.write(title.begin(StoreRig.facts(8 * MIB)), 0, 10_000);
        }
      }
    }
    try (Store store = open();
        Title title = store.title(StoreRig.key(0))) {
      for (int i = 1; i < 10; i++) {
        truncate(file(i), 0);
      }
      audit(store, title);
      assertThat(stores.ear.heard).hasSize(4);
      audit(store, title);
      audit(store, title);
      assertThat(stores.ear.heard).hasSize(9).allMatch(what -> what.startsWith("invalidated"));
    }
  }

  @Test
  void round_fileDeletedBySomebody_titleIsForgottenWhenNobodyReadsIt() throws Exception {
    try (Store store = open();
        Title title = store.title(StoreRig.key(1))) {
      StoreRig.write(title.begin(StoreRig.facts(8 * MIB)), 0, 10);
      try (Title deleted = store.title(KEY);
          Reader reader = film(deleted).reader(0)) {
        Files.delete(StoreRig.file(deleted.generation().orElseThrow()));
        audit(store, title);
        assertThat(reader.at(0, 10)).isPresent();
        assertThat(StoreRig.checkAll(deleted.generation().orElseThrow())).isEqualTo(4 * MIB);
      }
      audit(store, title);
      assertThat(store.usage().usedBytes()).isEqualTo(Accounts.BLOCK);
      try (Title again = store.title(KEY)) {
        assertThat(again.generation()).isEmpty();
        assertThat(StoreRig.checkAll(film(again))).isEqualTo(4 * MIB);
      }
    }
    assertThat(stores.ear.heard).containsExactly("invalidated 4194304 its media file is gone");
  }

  @Test
  void round_secondNameRemoved_mayBeGivenUpAgain() throws Exception {
    try (Store store = open(10 * MIB)) {
      try (Title title = store.title(KEY)) {
        Files.createLink(temp.resolve("kept.mkv"), StoreRig.file(film(title)));
      }
      time.pass(Duration.ofHours(1));
      try (Title other = store.title(StoreRig.key(1))) {
        Generation generation = other.begin(StoreRig.facts(10 * MIB));
        long until = StoreRig.writeUntilRefused(generation);
        assertThat(until).isEqualTo(6 * MIB);
        Files.delete(temp.resolve("kept.mkv"));
        audit(store, other);
        time.pass(Duration.ofSeconds(1));
        StoreRig.write(generation, until, MIB);
      }
    }
  }

  private Store open() throws StoreException {
    return open(1L << 30);
  }

  private Store open(long maxBytes) throws StoreException {
    return stores.open(StoreRig.settings(temp.resolve("cache"), maxBytes), Stores.BOOT);
  }

  /** Four mebibytes of eight, synced. */
  private static Generation film(Title title) throws StoreException {
    Generation generation = title.begin(StoreRig.facts(8 * MIB));
    StoreRig.write(generation, 0, 4 * MIB);
    assertThat(Checkpoint.run(generation)).isTrue();
    return generation;
  }

  private static void audit(Store store, Title title) throws Exception {
    Stores.onKeeper(title, store.audit()::round);
    StoreRig.published(title);
  }

  private static void hollow(Path file) throws IOException {
    assertThat(NativeFiles.system().punch(file, HOLE.start(), HOLE.length())).isTrue();
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      channel.truncate(size);
    }
  }

  private Path file(int number) throws IOException {
    Path shard = new Layout(temp.resolve("cache")).shard(StoreRig.key(number));
    String brief = StoreRig.key(number).brief();
    return shard.resolve("Movie (2020) [" + brief + "].mkv" + Layout.PART);
  }

  private static FileSystemAbilities inexact(FileSystemAbilities real) {
    return new FileSystemAbilities(
        true, true, /* exact= */ false, true, Mode.CHUNK, real.type(), real.device());
  }
}
