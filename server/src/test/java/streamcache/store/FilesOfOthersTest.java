package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.link.TitleKey;

/** Whatever it does and however others name their files, the store deletes only its own files. */
@ParameterizedClass
@EnumSource
@EnabledOnOs({OS.LINUX, OS.MAC})
final class FilesOfOthersTest {

  /** A title in the same folder as KEY. */
  private static final TitleKey NEIGHBOUR = new TitleKey("ab" + "z".repeat(24));

  @TempDir private Path temp;
  private final ManualTime time = new ManualTime();
  @RegisterExtension private final Stores stores;
  private final Mode mode;
  private Path cache;
  private Path elsewhere;

  /** Files of others by path: the content, or the target of a link. */
  private final Map<Path, String> files = new LinkedHashMap<>();

  FilesOfOthersTest(Mode mode) {
    this.mode = mode;
    this.stores = new Stores(time, mode);
  }

  @Test
  void everything_filesOfOthersInEveryFolder_areUntouched() throws Exception {
    Path before = temp.resolve("before");
    try (Store store = stores.open(StoreRig.settings(before, 8 * MIB), Stores.BOOT)) {
      work(store);
      cache = StoreRig.killed(before, temp.resolve("cache"));
    }
    putEverywhere();
    for (int start = 0; start < 3; start++) {
      try (Store store = stores.open(StoreRig.settings(cache, 8 * MIB), Stores.BOOT)) {
        store.scanned().join();
        work(store);
      }
      assertUntouched("after start " + start);
      // As after a kill: the next start looks for leftovers.
      Files.write(cache.resolve("index.log"), new byte[0]);
      if (start == 1) {
        Files.delete(cache.resolve("index.snap"));
      }
    }
    for (Path file : files.keySet()) {
      Files.delete(file); // The extension expects only the store's own files.
    }
    Files.delete(cache.resolve("trash/Film.chunks"));
    Files.delete(cache.resolve("trash").resolve(KEY + ".0123456789abcdef.media"));
  }

  /** Fills the store and makes it evict, audit, begin new generations, compact and delete. */
  private void work(Store store) throws Exception {
    for (int i = 0; i < 6; i++) {
      TitleKey key = i == 0 ? KEY : StoreRig.key(i);
      try (Title title = store.title(key)) {
        Generation generation = title.begin(StoreRig.facts(2 * MIB));
        StoreRig.write(generation, 0, 2 * MIB);
        Stores.onKeeper(title, () -> assertThat(Checkpoint.run(generation)).isTrue());
        try (Reader _ = generation.reader(0)) {
          Generation newer = title.begin(StoreRig.facts(2 * MIB - i));
          StoreRig.write(newer, 0, MIB);
        }
      }
    }
    try (Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseGet(() -> title.begin(StoreRig.facts(MIB)));
      StoreRig.write(generation, 0, MIB);
      Stores.onKeeper(title, () -> store.audit().round());
      Stores.onKeeper(title, () -> store.janitor().round());
      assertThat(StoreRig.checkAll(generation)).isPositive();
    }
  }

  private void putEverywhere() throws IOException {
    elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Path shard = new Layout(cache).shard(KEY);
    for (String name :
        List.of(
            "notes.txt",
            "STORE.old",
            "index.snap.bak",
            ".probe-notes",
            "LOCK.txt",
            "Films/a.mkv")) {
      put(cache.resolve(name));
    }
    for (String name :
        List.of(
            "Mine.mkv",
            "Mine [abcdefgh].mkv.part",
            "0123456789abcdef",
            ".probe",
            ".start",
            ".probe-notes",
            "notes.st",
            NEIGHBOUR + ".st",
            KEY + ".st",
            "Film.chunks/000001",
            KEY + ".0123456789abcdef.media/000001")) {
      put(cache.resolve("trash").resolve(name));
    }
    for (String name :
        List.of(
            "Holiday.mkv",
            "Holiday [12345678].mkv",
            "Holiday [zzzzzzzz].mkv",
            "Holiday [abzzzzzz].mkv.part",
            "Holiday [abcdefgh].mkv",
            "Movie (2020) [abcdefgh].nfo",
            "Movie (2020) [abcdefgh].srt",
            "Movie (2020) [abcdefgh]-poster.jpg",
            "Show [abcdefgh].mkv.chunks/000001",
            "Show [abzzzzzz].mkv.chunks/000001",
            NEIGHBOUR + ".st",
            NEIGHBOUR + ".st.tmp",
            "notes.st",
            "sub/folder/Holiday [abcdefgh].mkv.part")) {
      put(shard.resolve(name));
    }
    put(cache.resolve("media/readme.txt"));
    put(cache.resolve("media/7f/Holiday [12345678].mkv"));
    put(cache.resolve("media/7f/Holiday [7fabcdef].mkv.part"));
    put(cache.resolve("kept/Mine.mkv"));
    put(cache.resolve("outbox/notes.txt"));
    // The links lead to files that look most like the store's own.
    put(elsewhere.resolve("Movie (2020) [abcdefgh].mkv"));
    put(elsewhere.resolve("000000"));
    put(elsewhere.resolve(KEY + ".0123456789abcdef.media"));
    link(shard.resolve("Link [abcdefgh].mkv"), elsewhere.resolve("000000"));
    link(shard.resolve("Folder [abcdefgh].mkv.chunks"), elsewhere);
    link(
        cache.resolve("trash").resolve(KEY + ".0123456789abcdee.media"),
        elsewhere.resolve("000000"));
    link(cache.resolve("trash").resolve("folder"), elsewhere);
    link(cache.resolve("media/zz"), elsewhere);
    link(cache.resolve("media/elsewhere"), elsewhere);
  }

  private void put(Path file) throws IOException {
    Files.createDirectories(file.resolveSibling(".").normalize());
    String text = "mine: " + file.getFileName();
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
    files.put(file, text);
  }

  private void link(Path file, Path target) throws IOException {
    Files.createSymbolicLink(file, target);
    files.put(file, target.toString());
  }

  private void assertUntouched(String when) throws IOException {
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Path path = file.getKey();
      assertThat(path).as(when).exists();
      String found =
          Files.isSymbolicLink(path)
              ? Files.readSymbolicLink(path).toString()
              : Files.readString(path);
      assertThat(found).as("%s %s", path, when).isEqualTo(file.getValue());
    }
  }

  /** Eviction would have freed the blocks of the film that was moved away and linked to. */
  @Test
  void evict_filmReplacedByALink_leavesWhatItLeadsTo() throws Exception {
    Path moved = temp.resolve("moved.mkv");
    byte[] bytes = new byte[4 * MIB];
    StoreRig.bytes(0, bytes.length).get(bytes);
    try (Store store = open()) {
      Path media;
      try (Title title = store.title(KEY)) {
        Generation generation = title.begin(StoreRig.facts(8 * MIB));
        StoreRig.write(generation, 0, 4 * MIB);
        Path place = new Layout(temp.resolve("cache")).shard(KEY);
        media = place.resolve(mode.partial("Movie (2020) [abcdefgh].mkv"));
        Stores.onKeeper(title, () -> assertThat(Checkpoint.run(generation)).isTrue());
        Path file = mode.file(media, 0);
        Files.move(file, moved);
        bytes = Files.readAllBytes(moved);
        Files.createSymbolicLink(file, moved);
        StoreRig.punch(generation, generation.present());
        assertThat(moved).hasBinaryContent(bytes);
        Stores.onKeeper(title, () -> store.audit().round());
      }
      assertThat(moved).hasBinaryContent(bytes);
      Files.deleteIfExists(mode.file(media, 0));
    }
    try (Store store = open();
        Title title = store.title(KEY)) {
      assertThat(title.generation().map(StoreRig::checkAll).orElse(0L))
          .isLessThanOrEqualTo(4 * MIB);
    }
    assertThat(moved).hasBinaryContent(bytes);
    stores.ear.heard.clear();
  }

  @Test
  void write_nameOfTheSidecarTakenByAnother_playsPastTheStore() throws Exception {
    Path sidecar = new Layout(temp.resolve("cache")).sidecar(KEY);
    Files.createDirectories(temp.resolve("cache"));
    open().close();
    Files.createDirectories(sidecar.resolveSibling(".").normalize());
    Files.writeString(sidecar, "mine");
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      assertThatThrownBy(() -> StoreRig.write(generation, 0, MIB))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Another program's file");
    }
    assertThat(sidecar).hasContent("mine");
    Files.delete(sidecar);
  }

  private Store open() throws StoreException {
    return stores.open(temp.resolve("cache"));
  }
}
