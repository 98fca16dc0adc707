package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.LONG;
import static streamcache.store.StoreRig.MIB;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

@ParameterizedClass
@EnumSource
final class StoreTest {
  @TempDir private Path temp;
  @RegisterExtension private final Stores stores;
  private final Mode mode;

  StoreTest(Mode mode) {
    this.mode = mode;
    this.stores = new Stores(StoreTime.SYSTEM, mode);
  }

  @Test
  void title_neverSeen_hasNoGeneration() throws Exception {
    try (Store store = open("cache");
        Title title = store.title(KEY)) {
      assertThat(title.generation()).isEmpty();
      assertThat(store.usage().usedBytes()).isZero();
      assertThat(store.usage().diskFreeBytes()).isPositive();
      assertThat(store.usage().isWritable()).isTrue();
    }
  }

  @Test
  void write_someRanges_areReadBackAndAccounted() throws Exception {
    try (Store store = open("cache");
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(10 * MIB));
      StoreRig.write(generation, 5_000_000, 10_000);
      StoreRig.write(generation, 0, 300_000);
      assertThat(generation.present())
          .isEqualTo(RangeSet.of(new ByteRange(0, 300_000), new ByteRange(5_000_000, 5_010_000)));
      assertThat(StoreRig.checkAll(generation)).isEqualTo(310_000);
      assertThat(store.usage().usedBytes()).isEqualTo(mode.footprint().bytes(generation.present()));
      assertThat(store.usage().titles()).isEqualTo(1);
    }
  }

  @Test
  void write_overPresentBytes_keepsThem() throws Exception {
    try (Store store = open("cache");
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(10 * MIB));
      StoreRig.write(generation, 100, 100);
      generation.write(50, java.nio.ByteBuffer.allocateDirect(200));
      assertThat(StoreRig.read(generation, 100, 100)).isEqualTo(array(100, 100));
      assertThat(StoreRig.read(generation, 50, 50)).isEqualTo(new byte[50]);
      assertThat(generation.present()).isEqualTo(RangeSet.of(new ByteRange(50, 250)));
    }
  }

  @Test
  void reopen_afterClose_hasAllWithTheSameEtag() throws Exception {
    String etag;
    GenerationFacts facts;
    try (Store store = open("cache");
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      etag = generation.etag();
      facts = generation.facts();
      StoreRig.write(generation, 1000, 5000);
    }
    try (Store store = open("cache");
        Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseThrow();
      assertThat(generation.etag()).isEqualTo(etag).startsWith("\"abcdefgh-");
      assertThat(generation.facts()).isEqualTo(facts);
      assertThat(generation.present()).isEqualTo(RangeSet.of(new ByteRange(1000, 6000)));
      assertThat(StoreRig.checkAll(generation)).isEqualTo(5000);
    }
    assertThat(stores.ear.heard).isEmpty();
  }

  @Test
  void reopen_afterKill_hasWhatWasJournaled() throws Exception {
    try (Store store = open("cache");
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(-1));
      for (int i = 0; i < 8; i++) {
        StoreRig.write(generation, i * 100_000L, 100_000);
      }
      Path copy = StoreRig.killed(temp.resolve("cache"), temp.resolve("copy"));
      try (Store other = open("copy");
          Title again = other.title(KEY)) {
        Generation found = again.generation().orElseThrow();
        assertThat(found.total()).isEmpty();
        assertThat(StoreRig.checkAll(found)).isGreaterThanOrEqualTo(600_000);
        StoreRig.write(found, 0, 1_000_000);
        assertThat(StoreRig.checkAll(found)).isEqualTo(1_000_000);
      }
      assertThat(copy).isDirectory();
    }
  }

  @Test
  void complete_film_hasItsFinalNameAndAShortSidecar() throws Exception {
    try (Store store = open("cache");
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(-1));
      StoreRig.write(generation, 0, 2 * MIB);
      StoreRig.write(generation, 2 * MIB, MIB);
      assertThat(names("cache")).contains(mode.partial("Movie (2020) [abcdefgh].mkv"));
      generation.ended(3 * MIB);
      assertThat(generation.isComplete()).isTrue();
    }
    assertThat(names("cache"))
        .containsExactlyInAnyOrder(KEY + ".st", mode.complete("Movie (2020) [abcdefgh].mkv"));
    assertThat(Files.size(new Layout(temp.resolve("cache")).sidecar(KEY)))
        .isEqualTo(4096 + 3 * JournalRecord.BYTES);
    try (Store store = open("cache");
        Title title = store.title(KEY)) {
      assertThat(title.generation().orElseThrow().isComplete()).isTrue();
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(3 * MIB);
    }
  }

  @Test
  void begin_again_keepsTheOldOneForItsReaders() throws Exception {
    try (Store store = open("cache");
        Title title = store.title(KEY)) {
      Generation old = title.begin(StoreRig.facts(MIB));
      StoreRig.write(old, 0, 100_000);
      Reader reader = old.reader(0);
      Generation fresh = title.begin(StoreRig.facts(2 * MIB));
      assertThat(old.isSuperseded()).isTrue();
      assertThat(fresh.etag()).isNotEqualTo(old.etag());
      assertThat(StoreRig.checkAll(old)).isEqualTo(100_000);
      StoreRig.write(old, 100_000, 1000);
      StoreRig.write(fresh, 0, 4096);
      assertThat(store.usage().usedBytes()).isEqualTo(mode.footprint().bytes(old.present()) + 4096);
      reader.close();
      assertThat(old.present().isEmpty()).isTrue();
      assertThat(store.usage().usedBytes()).isEqualTo(4096);
      assertThatThrownBy(() -> StoreRig.write(old, 0, 1)).isInstanceOf(StoreException.class);
    }
    assertThat(temp.resolve("cache/trash")).isEmptyDirectory();
    try (Store store = open("cache");
        Title title = store.title(KEY)) {
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(4096);
    }
    assertThat(stores.ear.heard).isEmpty();
  }

  @Test
  void await_manyFollowers_seeEachByteAsItComes() throws Exception {
    try (Store store = open("cache");
        Title title = store.title(KEY);
        ExecutorService followers = Executors.newVirtualThreadPerTaskExecutor()) {
      int size = 4 * MIB;
      Generation generation = title.begin(StoreRig.facts(-1));
      List<Future<Long>> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        all.add(followers.submit(() -> follow(generation)));
      }
      for (int at = 0; at < size; at += 64 << 10) {
        StoreRig.write(generation, at, 64 << 10);
      }
      generation.ended(size);
      for (Future<Long> one : all) {
        assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(size);
      }
      assertThat(StoreRig.checkAll(generation)).isEqualTo(size);
    }
  }

  @Test
  void await_nothingComes_returnsInVain() throws Exception {
    try (Store store = open("cache");
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(-1));
      assertThat(generation.await(7, Duration.ofMillis(20), () -> false)).isEqualTo(7);
    }
  }

  @Test
  void wake_asksStopAgain() throws Exception {
    try (Store store = open("cache");
        Title title = store.title(KEY);
        ExecutorService one = Executors.newVirtualThreadPerTaskExecutor()) {
      Generation generation = title.begin(StoreRig.facts(-1));
      AtomicBoolean stop = new AtomicBoolean();
      Future<Long> waiting = one.submit(() -> generation.await(0, LONG, stop::get));
      stop.set(true);
      generation.wake();
      assertThat(waiting.get(30, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void open_folderInUse_saysSo() throws Exception {
    try (Store store = open("cache")) {
      assertThat(store.usage().maxBytes()).isPositive();
      assertThatThrownBy(() -> open("cache"))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Cause.IN_USE))
          .hasMessageContaining("in use");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"99", "99999999999"})
  void open_newerFormat_saysSo(String format) throws Exception {
    Files.createDirectories(temp.resolve("cache"));
    Files.writeString(temp.resolve("cache/STORE"), "{\"format\": " + format + ", \"what\": [1]}");
    assertThatThrownBy(() -> open("cache"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Cause.TOO_NEW))
        .hasMessageContaining("newer version");
  }

  /** Found by hand: the start ended with a stack trace. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "{}", "{\"format\":1,\"id\":\"x\",\"maxBytes\":1000000}"})
  void open_storeFileOfNoUse_isWrittenAnew(String text) throws Exception {
    Files.createDirectories(temp.resolve("cache"));
    Files.writeString(temp.resolve("cache/STORE"), text);
    try (Store store = open("cache")) {
      assertThat(store.usage().isWritable()).isTrue();
    }
    assertThat(Files.readString(temp.resolve("cache/STORE"))).contains("\"fileSystem\"");
  }

  @Test
  void open_folderIsAFile_saysSo() throws Exception {
    Files.writeString(temp.resolve("cache"), "");
    assertThatThrownBy(() -> open("cache"))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Cause.UNUSABLE));
  }

  private static long follow(Generation generation) throws InterruptedException {
    long at = 0;
    while (true) {
      long until = generation.await(at, LONG, () -> false);
      if (until == at) {
        return at;
      }
      at = until;
    }
  }

  private Store open(String folder) throws StoreException {
    return stores.open(temp.resolve(folder));
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> all = Files.list(new Layout(temp.resolve(folder)).shard(KEY))) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static byte[] array(long offset, int length) {
    byte[] bytes = new byte[length];
    StoreRig.bytes(offset, length).get(bytes);
    return bytes;
  }
}
