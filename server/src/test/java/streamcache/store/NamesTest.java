package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** Names on disk are readable, and no two generations share one. */
final class NamesTest {
  private static final String NAME = "Movie (2020) [abcdefgh].mkv";

  @TempDir private Path temp;
  @RegisterExtension private final Stores stores = new Stores(StoreTime.SYSTEM, Mode.SPARSE);

  @Test
  void shrink_completeFilm_looksUnfinishedUntilItIsWholeAgain() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = StoreRig.completeFilm(title);
      Path whole = StoreRig.file(generation);
      assertThat(whole.toString()).endsWith(".mkv");
      assertThat(StoreRig.punch(generation, RangeSet.of(new ByteRange(MIB, 2 * MIB)))).isPositive();
      assertThat(StoreRig.file(generation)).isEqualTo(Path.of(whole + Layout.PART)).exists();
      assertThat(whole).doesNotExist();
    }
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.generation().orElseThrow();
      assertThat(StoreRig.checkAll(generation)).isEqualTo(3 * MIB);
      StoreRig.write(generation, 0, 4 * MIB);
      Stores.onKeeper(title, () -> {});
      assertThat(StoreRig.file(generation).toString()).endsWith(".mkv");
      assertThat(StoreRig.checkAll(generation)).isEqualTo(4 * MIB);
    }
  }

  @Test
  void begin_besideALeftoverOfTheName_leavesItAlone() throws Exception {
    for (String leftover : new String[] {NAME, NAME + Layout.PART, NAME + Layout.CHUNKS}) {
      Path folder = temp.resolve("beside " + leftover);
      Path shard = Files.createDirectories(new Layout(folder).shard(KEY));
      boolean chunked = leftover.endsWith(Layout.CHUNKS);
      Path old =
          chunked
              ? Files.createDirectory(shard.resolve(leftover)).resolve("000000")
              : shard.resolve(leftover);
      Files.write(old, new byte[MIB]);
      Files.write(new Layout(folder).storeFile(), new byte[0]);
      try (Store store = stores.open(folder);
          Title title = store.title(KEY)) {
        StoreRig.write(title.begin(StoreRig.facts(2 * MIB)), 0, 100_000);
      }
      try (Store store = stores.open(folder);
          Title title = store.title(KEY)) {
        Generation generation = title.generation().orElseThrow();
        assertThat(StoreRig.checkAll(generation)).as(leftover).isEqualTo(100_000);
        StoreRig.write(generation, 0, 2 * MIB);
        assertThat(StoreRig.checkAll(generation)).as(leftover).isEqualTo(2 * MIB);
      }
      assertThat(old).as(leftover).hasBinaryContent(new byte[MIB]);
    }
  }

  private Store open() throws StoreException {
    return stores.open(temp.resolve("cache"));
  }
}
