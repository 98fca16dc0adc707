package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** A cache folder that is moved to a file system of another kind keeps serving its contents. */
final class ModeChangeTest {
  private static final String NAME = "Movie (2020) [abcdefgh].mkv";

  @TempDir private Path temp;
  private final ManualTime time = new ManualTime();
  @RegisterExtension private final Stores stores = new Stores(time, Mode.SPARSE);

  @Test
  void mode_isRememberedOnItsDevice() throws Exception {
    try (Store store = open(Mode.CHUNKED)) {
      assertThat(store.fileSystem()).contains("chunks");
    }
    stores.disk.pretend(Mode.SPARSE::of);
    try (Store store = stores.open(temp.resolve("cache"))) {
      assertThat(store.fileSystem()).contains("chunks");
    }
  }

  @Test
  void sparseFilm_whereFilesCannotBe_goesOnInChunks() throws Exception {
    long far = 5L << 30;
    RangeSet written = RangeSet.of(new ByteRange(0, 300_000), new ByteRange(MIB, 2 * MIB));
    try (Store store = open(Mode.SPARSE);
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(far + MIB));
      for (ByteRange range : written.ranges()) {
        StoreRig.write(generation, range.start(), (int) range.length());
      }
    }
    Path file = file(NAME + Layout.PART);
    try (Store store = open(Mode.CHUNKED);
        Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseThrow();
      assertThat(generation.present()).isEqualTo(written);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(written.size());
      StoreRig.write(generation, 250_000, 100_000);
      StoreRig.write(generation, 2 * MIB - 1000, 500_000);
      StoreRig.write(generation, far, 100_000);
      assertThat(Files.size(file)).isEqualTo(2 * MIB);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(350_000 + MIB + 499_000 + 100_000);
    }
    long size;
    try (Store store = open(Mode.SPARSE);
        Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseThrow();
      size = generation.present().size();
      assertThat(StoreRig.checkAll(generation)).isEqualTo(350_000 + MIB + 499_000 + 100_000);
      StoreRig.write(generation, far - 10, 10);
      assertThat(Files.size(file)).isEqualTo(2 * MIB);
    }
    try (Store store = open(Mode.CHUNKED);
        Title title = store.title(KEY)) {
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(size + 10);
    }
    assertThat(stores.ear.heard).isEmpty();
  }

  @Test
  void completeFilm_whereFilesCannotBeSparse_staysAFile() throws Exception {
    try (Store store = open(Mode.SPARSE);
        Title title = store.title(KEY)) {
      StoreRig.completeFilm(title);
    }
    try (Store store = open(Mode.CHUNKED);
        Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseThrow();
      assertThat(generation.isComplete()).isTrue();
      assertThat(StoreRig.checkAll(generation)).isEqualTo(4 * MIB);
      assertThat(StoreRig.punch(generation, RangeSet.of(new ByteRange(0, MIB)))).isZero();
    }
    assertThat(file(NAME)).exists();
    assertThat(file(NAME + Layout.CHUNKS)).doesNotExist();
  }

  @Test
  void filmOfBothKinds_overTheLimit_goesWhole() throws Exception {
    try (Store store = open(Mode.SPARSE);
        Title title = store.title(KEY)) {
      StoreRig.write(title.begin(StoreRig.facts(32 * MIB)), 0, 12 * MIB);
    }
    try (Store store = open(Mode.CHUNKED, 20 * MIB)) {
      try (Title title = store.title(KEY)) {
        StoreRig.write(title.generation().orElseThrow(), 12 * MIB, MIB);
      }
      time.pass(Duration.ofHours(1));
      try (Title title = store.title(StoreRig.key(1))) {
        Generation generation = title.begin(StoreRig.facts(16 * MIB));
        for (int at = 0; at < 16 * MIB; at += MIB) {
          StoreRig.write(generation, at, MIB);
        }
      }
      try (Title title = store.title(KEY)) {
        assertThat(title.generation()).isEmpty();
      }
    }
    assertThat(file(NAME + Layout.PART)).doesNotExist();
    assertThat(file(NAME + Layout.CHUNKS)).doesNotExist();
  }

  @Test
  void newerGeneration_ofAFilmOfBothKinds_mixesNoBytes() throws Exception {
    try (Store store = open(Mode.SPARSE);
        Title title = store.title(KEY)) {
      StoreRig.write(title.begin(StoreRig.facts(32 * MIB)), 0, 300_000);
    }
    try (Store store = open(Mode.CHUNKED);
        Title title = store.title(KEY)) {
      Generation old = title.generation().orElseThrow();
      try (Reader reader = old.reader(0)) {
        Generation fresh = title.begin(StoreRig.facts(32 * MIB));
        fresh.write(0, StoreRig.bytes(1L << 40, MIB));
        StoreRig.write(old, 300_000, 300_000);
        assertThat(StoreRig.checkAll(old)).isEqualTo(600_000);
        assertThat(StoreRig.checkAll(fresh, 1L << 40)).isEqualTo(MIB);
        assertThat(reader.at(500_000, 10)).isPresent();
      }
    }
    try (Store store = open(Mode.CHUNKED);
        Title title = store.title(KEY)) {
      Generation found = title.generation().orElseThrow();
      assertThat(StoreRig.checkAll(found, 1L << 40)).isEqualTo(MIB);
    }
  }

  private Store open(Mode mode) throws Exception {
    return open(mode, 1L << 30);
  }

  /** Opens the store as on another device, where the abilities are probed again. */
  private Store open(Mode mode, long maxBytes) throws Exception {
    stores.disk.pretend(mode::of);
    Files.createDirectories(temp.resolve("cache"));
    Files.write(temp.resolve("cache/STORE"), new byte[0]);
    return stores.open(StoreRig.settings(temp.resolve("cache"), maxBytes), Stores.BOOT);
  }

  private Path file(String name) {
    return new Layout(temp.resolve("cache")).shard(KEY).resolve(name);
  }
}
