package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Renaming a film never replaces a file that someone put there in the meantime. */
@ParameterizedClass
@EnumSource(names = {"SPARSE", "UNPUNCHED"})
final class NameTakenTest {
  private static final String NAME = "Movie (2020) [abcdefgh].mkv";

  @TempDir private Path temp;
  @RegisterExtension private final Stores stores;

  NameTakenTest(Mode mode) {
    this.stores = new Stores(new ManualTime(), mode);
  }

  /** A completed film does not take over a name that is already in use. */
  @Test
  void complete_nameTakenByAnother_keepsItsOwn() throws Exception {
    Path taken = new Layout(temp.resolve("cache")).shard(KEY).resolve(NAME);
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(MIB));
      Files.writeString(taken, "mine");
      StoreRig.write(generation, 0, MIB);
      Stores.onKeeper(title, () -> assertThat(Checkpoint.run(generation)).isTrue());
      assertThat(StoreRig.checkAll(generation)).isEqualTo(MIB);
    }
    assertThat(taken).hasContent("mine");
    try (Store store = open();
        Title title = store.title(KEY)) {
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(MIB);
    }
    assertThat(taken).hasContent("mine");
    Files.delete(taken);
  }

  private Store open() throws StoreException {
    return stores.open(temp.resolve("cache"));
  }
}
