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
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** Films that the owner keeps through a hard link. */
@ParameterizedClass
@EnumSource(names = {"SPARSE", "UNPUNCHED"})
final class KeptTest {
  @TempDir private Path temp;
  private final ManualTime time = new ManualTime();
  @RegisterExtension private final Stores stores;

  KeptTest(Mode mode) {
    this.stores = new Stores(time, mode);
  }

  @Test
  void write_overTheLimitBesideAKeptFilm_leavesItWhole() throws Exception {
    try (Store store = open(10 * MIB)) {
      try (Title title = store.title(KEY)) {
        Generation generation = title.begin(StoreRig.facts(4 * MIB));
        StoreRig.write(generation, 0, 4 * MIB);
        Files.createLink(temp.resolve("kept.mkv"), StoreRig.file(generation));
      }
      time.pass(Duration.ofHours(1));
      try (Title title = store.title(StoreRig.key(1))) {
        Generation generation = title.begin(StoreRig.facts(10 * MIB));
        assertThat(StoreRig.writeUntilRefused(generation)).isEqualTo(6 * MIB);
      }
      try (Title title = store.title(KEY)) {
        assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(4 * MIB);
      }
    }
  }

  @Test
  void shrink_keptFilm_changesNothing() throws Exception {
    try (Store store = open(100 * MIB);
        Title title = store.title(KEY)) {
      Generation generation = StoreRig.completeFilm(title);
      Path kept = Files.createLink(temp.resolve("kept.mkv"), StoreRig.file(generation));
      assertThat(StoreRig.punch(generation, RangeSet.of(new ByteRange(0, MIB)))).isZero();
      assertThat(generation.isComplete()).isTrue();
      assertThat(StoreRig.checkAll(generation)).isEqualTo(4 * MIB);
      assertThat(StoreRig.file(generation)).exists().hasSameBinaryContentAs(kept);
    }
  }

  private Store open(long maxBytes) throws StoreException {
    return stores.open(StoreRig.settings(temp.resolve("cache"), maxBytes), Stores.BOOT);
  }
}
