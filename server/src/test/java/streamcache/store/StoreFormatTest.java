package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache folder outlives the version that wrote it, and a version knows what it cannot read. */
final class StoreFormatTest {

  private static final Path FIXTURES = Path.of("src/test/resources");

  /** The machine was started since. */
  private static final int LATER = Stores.BOOT + 1;

  @TempDir private Path temp;
  @RegisterExtension private final Stores stores = new Stores(StoreTime.SYSTEM, Mode.SPARSE);
  private Path cache;

  @BeforeEach
  void copyFixture() throws Exception {
    cache = StoreRig.killed(FIXTURES.resolve("store-format-1"), temp.resolve("cache"));
    // Git keeps no empty folders.
    Files.createDirectories(cache.resolve("trash"));
  }

  @ParameterizedTest
  @ValueSource(ints = {Stores.BOOT, LATER})
  void open_storeOfFormat1_hasItsTitlesAndBytes(int boot) throws Exception {
    try (Store store = stores.open(cache, boot)) {
      store.scanned().join();
      assertThat(store.usage().titles()).isEqualTo(2);
      try (Title complete = store.title(StoreFormatFixture.COMPLETE);
          Title partial = store.title(StoreFormatFixture.PARTIAL)) {
        Generation whole = complete.generation().orElseThrow();
        assertThat(whole.isComplete()).isTrue();
        assertThat(StoreRig.checkAll(whole)).isEqualTo(StoreFormatFixture.LENGTH);
        assertThat(whole.facts()).isEqualTo(StoreRig.facts(StoreFormatFixture.LENGTH));
        Generation part = partial.generation().orElseThrow();
        assertThat(part.isComplete()).isFalse();
        assertThat(part.present().ranges()).containsExactlyElementsOf(StoreFormatFixture.PRESENT);
        StoreRig.checkAll(part);
      }
    }
    assertThat(stores.ear.heard).isEmpty();
  }

  /** What the version after this one may leave: another format, whatever else it changed. */
  @Test
  void open_storeOfTheNextFormat_isRefusedWithASentenceAndLeftAsItIs() throws Exception {
    int next = StoreFile.FORMAT + 1;
    Files.writeString(cache.resolve("STORE"), "{\"format\": %d, \"limit\": \"x\"}".formatted(next));
    byte[] index = Files.readAllBytes(cache.resolve("index.snap"));
    assertThatThrownBy(() -> stores.open(cache))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The cache folder %s was written by a newer version of Streamcache (format %d; this version reads at most %d). Start the newer version, or set CACHE_DIR to an empty folder.",
            cache, next, StoreFile.FORMAT);
    assertThat(Files.readAllBytes(cache.resolve("index.snap"))).isEqualTo(index);
    assertThat(cache.resolve("STORE")).content().contains("\"limit\"");
  }

  /** A new format comes with a folder that the one before has written. */
  @Test
  void fixtures_ofAllFormats_areHere() {
    for (int format = 1; format <= StoreFile.FORMAT; format++) {
      assertThat(FIXTURES.resolve("store-format-" + format).resolve("STORE")).isRegularFile();
    }
  }
}
