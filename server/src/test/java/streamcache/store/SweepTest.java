package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Which files are removed after a kill, and which never are. */
@ParameterizedClass
@EnumSource
final class SweepTest {
  private static final String NAME = "Movie (2020) [abcdefgh].mkv";
  private static final String GONE = "Gone [abcdefgh].mkv";

  @TempDir private Path temp;
  @RegisterExtension private final Stores stores;
  private final Mode mode;
  private Path folder;
  private Path shard;

  SweepTest(Mode mode) {
    this.mode = mode;
    this.stores = new Stores(StoreTime.SYSTEM, mode);
  }

  /** One title of ten bytes. */
  @BeforeEach
  void kill() throws Exception {
    try (Store store = stores.open(temp.resolve("cache"));
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      StoreRig.write(generation, 0, 10);
      assertThat(Checkpoint.run(generation)).isTrue();
      folder = StoreRig.killed(temp.resolve("cache"), temp.resolve("copy"));
    }
    shard = new Layout(folder).shard(KEY);
  }

  /** A sidecar in the trash shows that its media was being deleted. */
  @Test
  void reopen_afterKill_deletesWhatWasBeingDeleted() throws Exception {
    speakOf(GONE);
    old(shard.resolve(GONE + ".part"));
    old(shard.resolve(GONE));
    old(shard.resolve("holiday.mkv"));
    old(shard.resolve(KEY + ".st.tmp"));
    old(folder.resolve("trash").resolve(KEY + ".0123456789abcdef.media"));
    Path chunks = Files.createDirectory(shard.resolve(GONE + ".chunks"));
    old(chunks.resolve("000017"));
    old(chunks);
    open();
    assertShard(KEY + ".st", mode.partial(NAME), "holiday.mkv");
    assertThat(folder.resolve("trash")).isEmptyDirectory();
  }

  /** Earlier versions left no such record, so the key in the name must suffice. */
  @Test
  void reopen_storeOfAnEarlierVersion_deletesItsLeftoversOnce() throws Exception {
    Path store = folder.resolve("STORE");
    Files.writeString(store, Files.readString(store).replaceAll(",\\s*\"names\" : 2", ""));
    old(shard.resolve(GONE + ".part"));
    old(shard.resolve("Holiday [zzzzzzzz].mkv"));
    old(folder.resolve("trash/0123456789abcdef"));
    Files.write(folder.resolve("trash").resolve(KEY + ".st"), new byte[5000]);
    open();
    assertShard(KEY + ".st", mode.partial(NAME), "Holiday [zzzzzzzz].mkv");
    assertThat(folder.resolve("trash")).isEmptyDirectory();
    old(shard.resolve(GONE + ".part"));
    old(folder.resolve("trash/0123456789abcdef"));
    Files.write(folder.resolve("index.log"), new byte[0]); // As after a kill.
    open();
    assertThat(shard.resolve(GONE + ".part")).exists();
    assertThat(folder.resolve("trash/0123456789abcdef")).exists();
    Files.delete(folder.resolve("trash/0123456789abcdef"));
  }

  @Test
  void reopen_afterKill_leavesWhatPeoplePutAmongChunks() throws Exception {
    speakOf(GONE);
    Path chunks = Files.createDirectory(shard.resolve(GONE + ".chunks"));
    old(chunks.resolve("000017"));
    old(chunks.resolve("notes.txt"));
    old(chunks);
    open();
    assertThat(chunks.resolve("000017")).doesNotExist();
    assertThat(chunks.resolve("notes.txt")).exists();
  }

  @Test
  void reopen_afterKill_leavesWhatIsNewerThanTheStart() throws Exception {
    speakOf(GONE);
    Path file = Files.writeString(shard.resolve(GONE + ".part"), "");
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    open();
    assertThat(file).exists();
  }

  @Test
  void reopen_sidecarThatCannotBeRead_leavesMediaItMaySpeakOf() throws Exception {
    Files.write(shard.resolve("ab" + "c".repeat(24) + ".st"), new byte[5000]);
    speakOf(GONE);
    Path file = old(shard.resolve(GONE + ".part"));
    open();
    assertThat(file).exists();
  }

  @Test
  void reopen_sidecarThrownAway_deletesItsMediaAtTheNextStart() throws Exception {
    Files.write(new Layout(folder).sidecar(KEY), new byte[5000]);
    try (Store store = stores.open(folder)) {
      store.scanned().join();
      try (Title title = store.title(KEY)) {
        assertThat(title.generation()).isEmpty();
      }
    }
    assertThat(shard.resolve(mode.partial(NAME))).exists();
    old(shard.resolve(mode.partial(NAME)));
    open();
    assertShard();
    assertThat(folder.resolve("trash")).isEmptyDirectory();
  }

  private void open() throws StoreException {
    try (Store store = stores.open(folder)) {
      store.scanned().join();
    }
  }

  /** Puts a sidecar into the trash, as a kill in the middle of a deletion leaves it. */
  private void speakOf(String media) throws IOException {
    SidecarBlock block =
        new SidecarBlock(KEY.value(), "0123456789abcdef", 1, media, StoreRig.facts(MIB));
    Path place = new Layout(folder).trashed(KEY, block.generation(), Layout.SIDECAR);
    Files.write(place, block.encode().array());
  }

  private static Path old(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.writeString(file, "");
    }
    return Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
  }

  private void assertShard(String... names) throws IOException {
    try (Stream<Path> left = Files.list(shard)) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(names);
    }
  }
}
