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

/** What is swept up after a kill, and what never is. */
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

  @Test
  void reopen_afterKill_deletesWhatNobodySpeaksOf() throws Exception {
    old(shard.resolve(GONE + ".part"));
    old(shard.resolve(GONE));
    old(shard.resolve("holiday.mkv"));
    old(shard.resolve(KEY + ".st.tmp"));
    old(folder.resolve("trash/old"));
    Path chunks = Files.createDirectory(shard.resolve(GONE + ".chunks"));
    old(chunks.resolve("000017"));
    old(chunks);
    open();
    assertShard(KEY + ".st", mode.partial(NAME), "holiday.mkv");
    assertThat(folder.resolve("trash")).isEmptyDirectory();
  }

  @Test
  void reopen_afterKill_leavesWhatPeoplePutAmongChunks() throws Exception {
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
    Path file = Files.writeString(shard.resolve(GONE + ".part"), "");
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    open();
    assertThat(file).exists();
  }

  @Test
  void reopen_sidecarThatCannotBeRead_leavesMediaItMaySpeakOf() throws Exception {
    Files.write(shard.resolve(StoreRig.key(7) + ".st"), new byte[5000]);
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
