package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The files that an operator keeps, on several file systems. */
@ParameterizedClass
@EnumSource
final class KeptFilesTest {

  @TempDir private Path temp;
  private final Mode mode;
  @RegisterExtension private final Stores stores;

  KeptFilesTest(Mode mode) {
    this.mode = mode;
    this.stores = new Stores(new ManualTime(), mode);
  }

  private Path folder() {
    return temp.resolve("cache").resolve("kept");
  }

  private Store open() throws StoreException {
    return stores.open(temp.resolve("cache"));
  }

  private static KeepAnswer keep(Store store) throws Exception {
    return store.inventory().keep(KEY).get(30, TimeUnit.SECONDS);
  }

  private static KeepAnswer unkeep(Store store) throws Exception {
    return store.inventory().unkeep(KEY).get(30, TimeUnit.SECONDS);
  }

  @Test
  void keep_completeTitle_isAFileOfItsOwner_orRefusedWhereItCannotBe() throws Exception {
    try (Store store = open()) {
      try (Title title = store.title(KEY)) {
        Generation _ = StoreRig.completeFilm(title);
      }
      KeepAnswer answer = keep(store);
      if (mode == Mode.CHUNKED) {
        assertThat(answer.outcome()).isEqualTo(KeepOutcome.NO_LINKS);
        assertThat(folder()).isEmptyDirectory();
        return;
      }
      assertThat(answer.outcome()).isEqualTo(KeepOutcome.DONE);
      assertThat(answer.file()).contains("kept/Movie (2020).mkv");
      assertThat(keep(store)).isEqualTo(answer);
      assertThat(store.inventory().use(KEY).orElseThrow().pinned()).isTrue();
      Files.move(folder().resolve("Movie (2020).mkv"), folder().resolve("My film.mkv"));
      assertThat(keep(store).file()).contains("kept/My film.mkv");
      assertThat(unkeep(store).outcome()).isEqualTo(KeepOutcome.DONE);
      assertThat(folder()).isEmptyDirectory();
      assertThat(store.inventory().use(KEY).orElseThrow().pinned()).isFalse();
      assertThat(unkeep(store).outcome()).isEqualTo(KeepOutcome.DONE);
    }
  }

  @Test
  void keep_titleWithMissingBytes_isRefused() throws Exception {
    try (Store store = open()) {
      assertThat(keep(store).outcome()).isEqualTo(KeepOutcome.UNKNOWN);
      try (Title title = store.title(KEY)) {
        StoreRig.write(title.begin(StoreRig.facts(4 * MIB)), 0, 3 * MIB);
      }
      assertThat(keep(store).outcome()).isEqualTo(KeepOutcome.INCOMPLETE);
      assertThat(folder()).isEmptyDirectory();
    }
  }

  @Test
  void keep_namesAreTaken_leavesFilesOfOthers() throws Exception {
    if (mode == Mode.CHUNKED) {
      return;
    }
    try (Store store = open()) {
      try (Title title = store.title(KEY)) {
        Generation _ = StoreRig.completeFilm(title);
      }
      Path plain = Files.writeString(folder().resolve("Movie (2020).mkv"), "mine");
      String second = "Movie (2020) [" + KEY.brief() + "].mkv";
      assertThat(keep(store).file()).contains("kept/" + second);
      assertThat(unkeep(store).outcome()).isEqualTo(KeepOutcome.DONE);
      Files.writeString(folder().resolve(second), "mine too");
      assertThat(keep(store).outcome()).isEqualTo(KeepOutcome.NAME_TAKEN);
      assertThat(unkeep(store).outcome()).isEqualTo(KeepOutcome.DONE);
      assertThat(plain).hasContent("mine");
      assertThat(folder().resolve(second)).hasContent("mine too");
    }
  }

  @Test
  void unkeep_otherNameElsewhere_saysThatItKeepsTheFile() throws Exception {
    if (mode == Mode.CHUNKED) {
      return;
    }
    try (Store store = open()) {
      try (Title title = store.title(KEY)) {
        Files.createLink(temp.resolve("mine.mkv"), StoreRig.file(StoreRig.completeFilm(title)));
      }
      assertThat(keep(store).outcome()).isEqualTo(KeepOutcome.DONE);
      assertThat(unkeep(store).outcome()).isEqualTo(KeepOutcome.KEPT_ELSEWHERE);
      assertThat(folder()).isEmptyDirectory();
      assertThat(temp.resolve("mine.mkv")).exists();
      assertThat(store.inventory().use(KEY).orElseThrow().pinned()).isTrue();
    }
  }

  @Test
  void forget_pinnedTitle_leavesNothingOfIt() throws Exception {
    try (Store store = open()) {
      try (Title title = store.title(KEY)) {
        Generation _ = StoreRig.completeFilm(title);
        assertThat(store.inventory().pin(KEY, true).join()).isEqualTo(PinOutcome.DONE);
        assertThat(store.inventory().forget(KEY).join()).isEqualTo(EvictOutcome.IN_USE);
      }
      assertThat(store.inventory().isPinned(KEY)).isTrue();
      assertThat(store.inventory().forget(KEY).join()).isEqualTo(EvictOutcome.EVICTED);
      assertThat(store.inventory().isPinned(KEY)).isFalse();
      assertThat(store.inventory().use(KEY)).isEmpty();
      assertThat(store.inventory().forget(KEY).join()).isEqualTo(EvictOutcome.UNKNOWN);
    }
    try (Store store = open()) {
      assertThat(store.inventory().isPinned(KEY)).isFalse();
      assertThat(store.inventory().uses()).isEmpty();
    }
  }
}
