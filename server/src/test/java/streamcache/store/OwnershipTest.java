package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folders become a cache, and which are refused before anything is made in them. */
final class OwnershipTest {
  @TempDir private Path temp;
  @RegisterExtension private final Stores stores = new Stores(StoreTime.SYSTEM, Mode.SPARSE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "film.mkv", "notes.txt", "media/Holiday.mkv", "trash/Mine.mkv", "LOCK", ".hidden",
        "kept/Mine.mkv", "Films/lost+found/a", "store", "PROVIDERS", ".probe-notes", "index.log"
      })
  void open_folderOfSomebodyElse_isRefusedAndLeftAsItIs(String name) throws Exception {
    Path file = put(name);
    List<Path> before = all();
    assertRefused(
        "is not empty and is not a Streamcache cache", "STORE", "Set CACHE_DIR to an empty folder");
    assertThat(all()).isEqualTo(before);
    assertThat(file).hasContent("mine: " + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lost+found/#1234",
        ".Trash-1000/files/film.mkv",
        ".Trashes/501/film.mkv",
        "@eaDir/SYNO",
        ".snapshot/hourly/film.mkv",
        ".snapshots/1/film.mkv",
        ".DS_Store",
        "._film.mkv",
        "System Volume Information/IndexerVolumeGuid",
        "$RECYCLE.BIN/desktop.ini",
        ".stfolder/marker",
        "#recycle/film.mkv",
        "@Recycle/film.mkv",
        ".zfs/snapshot/film.mkv"
      })
  void open_entryThatSystemsMake_doesNotCountAndStays(String name) throws Exception {
    Path file = put(name);
    for (int start = 0; start < 2; start++) {
      try (Store store = open()) {
        store.scanned().join();
      }
      assertThat(file).hasContent("mine: " + name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"streamcache.conf", "secret.key", "admin.token", "api.keys"})
  void open_configurationInTheSameFolder_startsAndKeepsIt(String name) throws Exception {
    Path file = put(name);
    for (int start = 0; start < 2; start++) {
      try (Store store = open()) {
        store.scanned().join();
      }
      assertThat(file).hasContent("mine: " + name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"meta", "tmp"})
  void open_cacheOfTheNginxVersion_isRefusedWithTheWayOut(String second) throws Exception {
    Path file = put("files/0123456789abcdef0123456789abcdef");
    Files.createDirectories(temp.resolve("cache").resolve(second));
    assertThatThrownBy(() -> open().close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the cache of the nginx version")
        .hasMessageContaining("ADOPT_FROM to " + temp.resolve("cache"))
        .hasMessageContaining("CACHE_DIR to a new folder, such as " + temp.resolve("cache/v2"));
    assertThat(file).exists();
    assertThat(temp.resolve("cache")).isDirectoryContaining(path -> path.endsWith(second));
    assertThat(temp.resolve("cache")).isDirectoryNotContaining(path -> path.endsWith("STORE"));
  }

  @Test
  void open_folderInsideTheCacheOfTheNginxVersion_starts() throws Exception {
    Path file = put("files/0123456789abcdef0123456789abcdef");
    Files.createDirectories(temp.resolve("cache/meta"));
    try (Store store = stores.open(temp.resolve("cache/v2"))) {
      store.scanned().join();
    }
    assertThat(file).exists();
  }

  /** The machine may go down at any step of the first start. */
  @Test
  void open_afterAFirstStartThatEndedAnywhere_startsAndLeavesNothing() throws Exception {
    for (int last = 0; ; last++) {
      Path folder = temp.resolve("start" + last);
      boolean isThrough = startUntil(folder, last);
      try (Store store = stores.open(folder)) {
        assertThat(store.usage().titles()).isZero();
      }
      if (isThrough) {
        assertThat(last).isGreaterThan(3);
        return;
      }
    }
  }

  /** Returns whether the first start completes before the disk step with that number. */
  private boolean startUntil(Path folder, int step) throws Exception {
    AtomicInteger left = new AtomicInteger(step);
    stores.disk.beforeEach(() -> {
      if (left.getAndDecrement() <= 0) {
        throw new IOException("the machine went down");
      }
    });
    try {
      stores.open(folder).close();
      return true;
    } catch (StoreException e) {
      return false;
    } finally {
      stores.disk.beforeEach(() -> {});
    }
  }

  @Test
  void open_leftByAFirstStartOfAnEarlierVersion_starts() throws Exception {
    Path cache = temp.resolve("cache");
    for (String folder : List.of("media", "kept", "trash")) {
      Files.createDirectories(cache.resolve(folder));
    }
    Files.write(cache.resolve("LOCK"), new byte[0]);
    Files.writeString(cache.resolve("STORE.tmp"), "{");
    Files.write(cache.resolve(".probe-sparse"), new byte[10]);
    try (Store store = open()) {
      assertThat(store.usage().isWritable()).isTrue();
    }
    Files.delete(cache.resolve(".probe-sparse"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"format\": 1", "\0\0\0\0", "our inventory"})
  void open_damagedStoreBesideFilesOfOthers_isRefused(String text) throws Exception {
    Path file = put("notes.txt");
    Path store = Files.writeString(temp.resolve("cache/STORE"), text);
    assertRefused("unreadable STORE file");
    assertThat(file).hasContent("mine: notes.txt");
    assertThat(store).hasContent(text);
  }

  @Test
  void open_storeThatIsAnothersFile_isRefused() throws Exception {
    Files.createDirectories(temp.resolve("cache"));
    Path store = Files.writeString(temp.resolve("cache/STORE"), "our inventory: 3 lamps");
    assertRefused("unreadable STORE file");
    assertThat(store).hasContent("our inventory: 3 lamps");
  }

  /** A cache that lost its STORE file keeps all its films once the owner puts an empty one back. */
  @Test
  void open_storeLostAndPutBackEmpty_knowsItsFilms() throws Exception {
    try (Store store = open();
        Title title = store.title(StoreRig.KEY)) {
      StoreRig.write(title.begin(StoreRig.facts(StoreRig.MIB)), 0, 10);
    }
    Files.delete(temp.resolve("cache/STORE"));
    assertRefused("create an empty file named STORE in it");
    Files.write(temp.resolve("cache/STORE"), new byte[0]);
    try (Store store = open();
        Title title = store.title(StoreRig.KEY)) {
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(10);
    }
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(() -> open().close())
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Cause.NOT_OURS))
        .hasMessageContainingAll(words);
  }

  private Path put(String name) throws IOException {
    Path file = temp.resolve("cache").resolve(name);
    Files.createDirectories(file.resolveSibling(".").normalize());
    return Files.writeString(file, "mine: " + name);
  }

  private List<Path> all() throws IOException {
    try (Stream<Path> all = Files.walk(temp.resolve("cache"))) {
      return all.sorted().toList();
    }
  }

  private Store open() throws StoreException {
    return stores.open(temp.resolve("cache"));
  }
}
