package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** Films where files cannot be sparse; other tests cover what all modes have in common. */
final class ChunksTest {
  private static final String NAME = "Movie (2020) [abcdefgh].mkv";
  private static final int CHUNK = (int) Mode.CHUNK;

  @TempDir private Path temp;
  @RegisterExtension private final Stores stores = new Stores(StoreTime.SYSTEM, Mode.CHUNKED);

  @Test
  void write_farBehindTheEnd_writesAChunkOfZerosAtMost() throws Exception {
    long far = 5L << 30;
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(far + MIB));
      StoreRig.write(generation, far + 70_000, 100);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(100);
      assertThat(lengths()).isLessThanOrEqualTo(CHUNK);
      assertThat(store.usage().usedBytes()).isBetween(lengths(), lengths() + Accounts.BLOCK);
    }
  }

  @Test
  void write_littleOfEachChunk_countsTheZerosAgainstTheLimit() throws Exception {
    try (Store store = stores.open(StoreRig.settings(temp.resolve("cache"), MIB), Stores.BOOT);
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(100 * MIB));
      assertThatThrownBy(
              () -> {
                for (int chunk = 0; chunk < 1000; chunk++) {
                  StoreRig.write(generation, (chunk + 1) * Mode.CHUNK - 1, 1);
                  assertThat(store.usage().usedBytes()).isLessThanOrEqualTo(MIB);
                }
              })
          .isInstanceOf(StoreException.class);
      assertThat(lengths()).isBetween(MIB - 2L * CHUNK, (long) MIB);
    }
  }

  @Test
  void reader_acrossChunks_hasOneFileOpenAndNoneAfterwards() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = film(title);
      Stores.onKeeper(title, () -> {}); // Runs after the checkpoint, which closes what it synced.
      int before = stores.disk.stillOpen().size();
      try (Reader reader = generation.reader(0)) {
        for (long at = 0; at < MIB; ) {
          Extent extent = reader.at(at, MIB).orElseThrow();
          assertThat(extent.length()).isEqualTo(Math.min(MIB, (at / CHUNK + 1) * CHUNK) - at);
          assertThat(stores.disk.stillOpen()).hasSize(before + 1);
          at += extent.length();
        }
      }
      assertThat(stores.disk.stillOpen()).hasSize(before);
    }
  }

  @Test
  void reader_onAVirtualThread_letsAThreadOfTheStoreOpenTheFile() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY);
        ExecutorService players = Executors.newVirtualThreadPerTaskExecutor()) {
      Generation generation = film(title);
      stores.disk.readers().clear();
      long read = players.submit(() -> StoreRig.checkAll(generation)).get(30, TimeUnit.SECONDS);
      assertThat(read).isEqualTo(MIB);
    }
    assertThat(stores.disk.readers()).isNotEmpty().noneMatch(Thread::isVirtual);
  }

  @Test
  void reader_chunkDeletedBySomebody_findsAHoleAndSaysSo() throws Exception {
    ByteRange second = new ByteRange(CHUNK, 2 * CHUNK);
    try (Store store = open();
        Title title = store.title(KEY)) {
      // Incomplete, so that the chunk is still open for writing.
      Generation generation = title.begin(StoreRig.facts(64 * MIB));
      StoreRig.write(generation, 0, MIB);
      Files.delete(chunks().resolve("000001"));
      try (Reader reader = generation.reader(0)) {
        assertThat(reader.at(CHUNK, MIB)).isEmpty();
        assertThat(generation.present())
            .isEqualTo(RangeSet.of(new ByteRange(0, MIB)).minus(second));
        StoreRig.write(generation, 0, MIB);
        assertThat(reader.at(CHUNK, MIB).orElseThrow().length()).isEqualTo(CHUNK);
      }
      assertThat(StoreRig.checkAll(generation)).isEqualTo(MIB);
      StoreRig.published(title);
    }
    assertThat(stores.ear.heard).containsExactly("invalidated 98304 its file cannot be opened");
  }

  @Test
  void reader_whoseChunkWentAndCameAgain_readsTheNewOne() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(64 * MIB));
      StoreRig.write(generation, 0, 100);
      try (Reader reader = generation.reader(0)) {
        assertThat(reader.at(0, 100)).isPresent();
        assertThat(reader.at(32 * MIB, 100)).isEmpty();
        assertThat(StoreRig.punch(generation, RangeSet.of(new ByteRange(0, 100)))).isPositive();
        StoreRig.write(generation, 0, 50_000);
        Extent extent = reader.at(40_000, 10).orElseThrow();
        ByteBuffer bytes = ByteBuffer.allocate(10);
        assertThat(extent.file().read(bytes, extent.from())).isEqualTo(10);
        assertThat(bytes.flip()).isEqualTo(StoreRig.bytes(40_000, 10));
      }
    }
  }

  @Test
  void shrink_beforeAWriterInTheChunk_leavesWhatItWrites() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(64 * MIB));
      StoreRig.write(generation, 0, 1000);
      StoreRig.write(generation, 50_000, 1000);
      assertThat(StoreRig.punch(generation, RangeSet.of(new ByteRange(50_000, 51_000))))
          .isEqualTo(51_200 - Accounts.BLOCK + 2048);
      assertThat(lengths()).isEqualTo(Accounts.BLOCK);
      StoreRig.write(generation, 50_000, 1000);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(2000);
    }
  }

  @Test
  void complete_film_isItsChunksInOrderAndSealedOnce() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      StoreRig.write(film(title), 0, MIB);
    }
    byte[] all = new byte[MIB];
    ByteBuffer into = ByteBuffer.wrap(all);
    for (Path chunk : files(chunks())) {
      into.put(Files.readAllBytes(chunk));
    }
    assertThat(ByteBuffer.wrap(all)).isEqualTo(StoreRig.bytes(0, MIB));
    byte[] sidecar = Files.readAllBytes(new Layout(temp.resolve("cache")).sidecar(KEY));
    stores.disk.synced().clear();
    try (Store store = open();
        Title title = store.title(KEY)) {
      assertThat(title.generation().orElseThrow().isComplete()).isTrue();
    }
    Path media = new Layout(temp.resolve("cache")).media();
    assertThat(stores.disk.synced())
        .as("nothing was written again")
        .noneMatch(file -> file.startsWith(media));
    assertThat(new Layout(temp.resolve("cache")).sidecar(KEY)).hasBinaryContent(sidecar);
  }

  @Test
  void begin_again_leavesTheOldChunksToTheirReaders() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation old = film(title);
      try (Reader reader = old.reader(0)) {
        assertThat(reader.at(0, 100)).isPresent();
        Generation fresh = title.begin(StoreRig.facts(MIB));
        StoreRig.write(fresh, 0, 1000);
        assertThat(StoreRig.checkAll(old)).isEqualTo(MIB);
        assertThat(files(shard())).hasSize(3);
      }
      Stores.onKeeper(title, () -> {});
      assertThat(files(shard())).hasSize(2).doesNotContain(chunks());
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(1000);
    }
  }

  @Test
  void checkpoint_bytesOfARunThatWasKilled_syncsTheirChunks() throws Exception {
    Path copy = temp.resolve("copy");
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(64 * MIB));
      StoreRig.write(generation, 0, MIB);
      generation.files().orElseThrow().journal().flushAll();
      StoreRig.killed(temp.resolve("cache"), copy);
    }
    stores.disk.synced().clear();
    try (Store store = stores.open(copy);
        Title title = store.title(KEY)) {
      assertThat(Checkpoint.run(title.generation().orElseThrow())).isTrue();
      Path folder = new Layout(copy).shard(KEY).resolve(NAME + Layout.CHUNKS);
      assertThat(stores.disk.synced()).containsAll(files(folder));
    }
  }

  private Store open() throws StoreException {
    return stores.open(temp.resolve("cache"));
  }

  private static Generation film(Title title) throws StoreException {
    Generation generation = title.begin(StoreRig.facts(MIB));
    StoreRig.write(generation, 0, MIB);
    return generation;
  }

  private Path shard() {
    return new Layout(temp.resolve("cache")).shard(KEY);
  }

  private Path chunks() {
    return shard().resolve(NAME + Layout.CHUNKS);
  }

  private long lengths() throws IOException {
    long bytes = 0;
    for (Path chunk : files(chunks())) {
      bytes += Files.size(chunk);
    }
    return bytes;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}
