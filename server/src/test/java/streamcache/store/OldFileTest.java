package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.durable.FaultyDisk;
import streamcache.durable.PowerDisk;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** Files of an old cache that become media by a hard link: neither side loses anything. */
final class OldFileTest {
  private static final int LENGTH = MIB + 77;

  @TempDir private Path temp;
  private final ManualTime time = new ManualTime();
  private final PowerDisk power = new PowerDisk();
  @RegisterExtension private final Stores stores = new Stores(time, Mode.SPARSE, power);
  private Path cache;
  private OldFile old;

  @BeforeEach
  void makeOldFile() throws IOException {
    cache = temp.resolve("cache");
    old = oldFile("old");
  }

  @Test
  void adopt_file_isCompleteAtOnceAndAfterARestart() throws Exception {
    String etag;
    try (Store store = stores.open(cache);
        Title title = store.title(KEY)) {
      Generation generation = adopt(title);
      etag = generation.etag();
      assertThat(generation.isComplete()).isTrue();
      assertThat(StoreRig.checkAll(generation)).isEqualTo(LENGTH);
      assertThat(StoreRig.file(generation)).hasFileName("Movie (2020) [abcdefgh].mkv");
    }
    try (Store store = stores.open(cache);
        Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseThrow();
      assertThat(generation.etag()).isEqualTo(etag);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(LENGTH);
    }
    isAsItWas(old);
  }

  @Test
  void adopt_titleWithAGeneration_changesNothing() throws Exception {
    try (Store store = stores.open(cache);
        Title title = store.title(KEY)) {
      Generation first = StoreRig.completeFilm(title);
      assertThat(title.adopt(StoreRig.facts(LENGTH), old)).isSameAs(first);
    }
  }

  @Test
  void adopt_failureAtAnyStep_leavesNothing() throws Exception {
    for (int last = 0; ; last++) {
      Path folder = temp.resolve("fault" + last);
      try (Store store = stores.open(folder);
          Title title = store.title(KEY)) {
        failAfter(last);
        try {
          adopt(title);
          assertThat(last).isGreaterThan(4);
          return;
        } catch (IOException e) {
          stores.disk.beforeEach(() -> {});
          assertThat(title.generation()).isEmpty();
          assertThat(files(folder.resolve("media"))).isEmpty();
          assertThat(files(folder.resolve("trash"))).isEmpty();
          isAsItWas(old);
        }
      } finally {
        stores.disk.beforeEach(() -> {});
      }
    }
  }

  @Test
  void adopt_powerCutAtAnyStep_leavesTheTitleOrNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("OldFileTest seed " + seed);
    Random random = new Random(seed);
    AtomicInteger cuts = new AtomicInteger();
    FaultyDisk.Before cutting =
        () -> {
          for (int i = 0; i < 6; i++) {
            Path left = temp.resolve("cut" + cuts.getAndIncrement());
            power.cut(cache, left, random, "media", "trash");
          }
        };
    try (Store store = stores.open(cache);
        Title title = store.title(KEY)) {
      stores.disk.beforeEach(cutting);
      adopt(title);
      for (int i = 0; i < 5; i++) {
        cutting.run();
      }
      stores.disk.beforeEach(() -> {});
    }
    assertThat(cuts).hasValueGreaterThan(20);
    for (int cut = 0; cut < cuts.get(); cut++) {
      check(temp.resolve("cut" + cut));
    }
  }

  private void check(Path folder) throws Exception {
    try (Store store = stores.open(folder, Stores.BOOT + 1)) {
      store.scanned().join();
      try (Title title = store.title(KEY)) {
        if (title.generation().isPresent()) {
          assertThat(StoreRig.checkAll(title.generation().get())).isEqualTo(LENGTH);
        } else {
          assertThat(files(folder.resolve("media"))).isEmpty();
        }
      }
      assertThat(files(folder.resolve("trash"))).noneMatch(file -> file.endsWith(".media"));
    }
  }

  @Test
  void shrink_sharedFile_changesNothing() throws Exception {
    try (Store store = stores.open(cache);
        Title title = store.title(KEY)) {
      Generation generation = adopt(title);
      assertThat(StoreRig.punch(generation, RangeSet.of(new ByteRange(0, LENGTH)))).isZero();
      assertThat(StoreRig.checkAll(generation)).isEqualTo(LENGTH);
    }
    isAsItWas(old);
  }

  @Test
  void write_overTheLimit_evictsASharedTitleAsAWhole() throws Exception {
    try (Store store = open(10 * MIB)) {
      try (Title title = store.title(KEY)) {
        Generation _ = adopt(title);
      }
      fill(store, 10 * MIB);
      try (Title title = store.title(KEY)) {
        assertThat(title.generation()).isEmpty();
      }
      isAsItWas(old);
    }
  }

  @Test
  void write_overTheLimit_leavesASharedTitleThatItsOwnerKeeps() throws Exception {
    try (Store store = open(10 * MIB)) {
      try (Title title = store.title(KEY)) {
        Files.createLink(temp.resolve("kept.mkv"), StoreRig.file(adopt(title)));
      }
      fill(store, 8 * MIB);
      try (Title title = store.title(KEY)) {
        assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(LENGTH);
      }
    }
  }

  @Test
  void shrink_afterTheOldFileWasDeleted_givesItsSpaceBack() throws Exception {
    try (Store store = stores.open(cache);
        Title title = store.title(KEY)) {
      Generation generation = adopt(title);
      Files.delete(old.path());
      assertThat(title.isShared()).isFalse();
      ByteRange body = new ByteRange(MIB / 2, MIB);
      assertThat(StoreRig.punch(generation, RangeSet.of(body))).isEqualTo(MIB / 2);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(LENGTH - MIB / 2);
    }
  }

  @Test
  void adopt_fileWithHoles_isRefused() throws Exception {
    try (FileChannel file = FileChannel.open(old.path(), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(1), 4 * MIB);
    }
    OldFile holed = new OldFile(old.path(), 4 * MIB + 1);
    isRefused(holed, "the file has holes");
  }

  @Test
  void adopt_symbolicLink_isRefused() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), old.path());
    isRefused(new OldFile(link, LENGTH), "the file has just changed");
  }

  @Test
  void adopt_fileThatGrew_isRefused() throws Exception {
    isRefused(new OldFile(old.path(), LENGTH - 1), "the file has just changed");
  }

  @Test
  void adopt_fileLargerThanTheCache_isRefused() throws Exception {
    try (Store store = open(MIB);
        Title title = store.title(KEY)) {
      assertThatThrownBy(() -> adopt(title))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("at its limit");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "CHUNKED")
  void adopt_withoutSparseFiles_isRefused(Mode mode) throws Exception {
    stores.disk.pretend(mode::of);
    isRefused(old, "no hard links");
  }

  private void isRefused(OldFile file, String reason) throws Exception {
    try (Store store = stores.open(cache);
        Title title = store.title(KEY)) {
      assertThatThrownBy(() -> title.adopt(StoreRig.facts(file.length()), file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(reason);
      assertThat(title.generation()).isEmpty();
      assertThat(files(cache.resolve("media"))).isEmpty();
    }
  }

  private void fill(Store store, int bytes) throws Exception {
    time.pass(Duration.ofHours(1));
    try (Title other = store.title(StoreRig.key(1))) {
      Generation generation = other.begin(StoreRig.facts(10 * MIB));
      assertThat(StoreRig.writeUntilRefused(generation)).isEqualTo(bytes);
    }
  }

  private Generation adopt(Title title) throws IOException {
    return title.adopt(StoreRig.facts(LENGTH), old);
  }

  private void failAfter(int steps) {
    AtomicInteger left = new AtomicInteger(steps);
    stores.disk.beforeEach(() -> {
      if (left.getAndDecrement() <= 0) {
        left.set(Integer.MAX_VALUE); // What failed is undone.
        throw new IOException("the disk failed");
      }
    });
  }

  private Store open(long maxBytes) throws StoreException {
    return stores.open(StoreRig.settings(cache, maxBytes), Stores.BOOT);
  }

  private OldFile oldFile(String name) throws IOException {
    byte[] bytes = new byte[LENGTH];
    StoreRig.bytes(0, LENGTH).get(bytes);
    return new OldFile(Files.write(temp.resolve(name), bytes), LENGTH);
  }

  private static void isAsItWas(OldFile file) throws IOException {
    byte[] bytes = new byte[LENGTH];
    StoreRig.bytes(0, LENGTH).get(bytes);
    assertThat(file.path()).hasBinaryContent(bytes);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }
}
