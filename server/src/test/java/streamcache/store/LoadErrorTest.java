package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import streamcache.link.TitleKey;

/** An Error, such as an OutOfMemoryError, fails the request that met it and no later one. */
final class LoadErrorTest {
  @TempDir private Path temp;
  @RegisterExtension private final Stores stores = new Stores(new ManualTime(), Mode.SPARSE);

  @Test
  void title_errorWhileLoading_isReadAtTheNextTry() throws Exception {
    write(KEY);
    try (Store store = open()) {
      long used = store.usage().usedBytes();
      stores.disk.failNextRead(new OutOfMemoryError("pretended"));
      assertThatThrownBy(() -> store.title(KEY)).hasCauseInstanceOf(OutOfMemoryError.class);
      assertThat(store.titleIfOpen(KEY)).isEmpty();
      assertThat(store.usage().usedBytes()).isEqualTo(used);
      try (Title title = store.title(KEY)) {
        assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(MIB);
      }
      assertThat(store.usage().usedBytes()).isEqualTo(used);
    }
  }

  /** The failed title stayed among the open titles, and every iteration over them ended there. */
  @Test
  void title_errorWhileLoading_othersAreKeptInOrder() throws Exception {
    write(KEY);
    write(StoreRig.key(1));
    try (Store store = open();
        Title other = store.title(StoreRig.key(1))) {
      stores.disk.failNextRead(new OutOfMemoryError("pretended"));
      // Not requested again: only the request that met the failure removes it.
      assertThatThrownBy(() -> store.title(KEY)).hasCauseInstanceOf(OutOfMemoryError.class);
      Stores.onKeeper(other, store::closeIdle);
      Stores.onKeeper(other, () -> store.janitor().round());
      Stores.onKeeper(other, () -> store.audit().round());
      assertThat(store.openTitles()).contains(other);
    }
  }

  /** A single Error used to end all rounds, checkpoints and deletions until the restart. */
  @Test
  void keeper_tickThatEndsWithAnError_ticksOn() throws Exception {
    CountDownLatch ticks = new CountDownLatch(2);
    MaintenanceThreads threads = new MaintenanceThreads();
    threads.start(() -> {
      ticks.countDown();
      throw new OutOfMemoryError("pretended");
    });
    assertThat(ticks.await(30, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Boolean> alive = new CompletableFuture<>();
    threads.keeper().execute(() -> alive.complete(true));
    assertThat(alive.get(30, TimeUnit.SECONDS)).isTrue();
    threads.stop();
  }

  private void write(TitleKey key) throws Exception {
    try (Store store = open();
        Title title = store.title(key)) {
      StoreRig.write(title.begin(StoreRig.facts(2 * MIB)), 0, MIB);
    }
  }

  private Store open() throws StoreException {
    return stores.open(temp.resolve("cache"));
  }
}
