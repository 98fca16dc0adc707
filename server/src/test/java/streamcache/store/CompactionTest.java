package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.store.StoreRig.KEY;
import static streamcache.store.StoreRig.MIB;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import streamcache.durable.AtomicFile;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.settings.EvictionPolicy;
import streamcache.settings.StoreSettings;

/** Sidecars stay short, and no failure while they are rewritten loses a byte. */
final class CompactionTest {
  private static final int RECORD_BYTES = 4096;
  private static final RangeSet DURABLE = RangeSet.of(new ByteRange(0, 2 * MIB));
  private static final ByteRange RECENT = new ByteRange(3 * MIB, 3 * MIB + 10 * RECORD_BYTES);
  private static final RangeSet ALL = DURABLE.plus(RECENT);

  @TempDir private Path temp;
  private final ManualTime time = new ManualTime();
  @RegisterExtension private final Stores stores = new Stores(time, Mode.SPARSE);

  @Test
  void write_forHours_keepsTheSidecarShort() throws Exception {
    long longest = 0;
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(-1));
      for (int part = 0; part < 12; part++) {
        for (int at = 0; at < 2 * MIB; at += RECORD_BYTES) {
          StoreRig.write(generation, part * 2L * MIB + at, RECORD_BYTES);
        }
        checkpoint(title);
        longest = Math.max(longest, Files.size(sidecar("cache")));
      }
      assertThat(StoreRig.checkAll(generation)).isEqualTo(24 * MIB);
    }
    long uncompacted = 24L * MIB / RECORD_BYTES * JournalRecord.BYTES;
    assertThat(longest).isLessThan(SidecarBlock.BYTES + 2 * Compaction.SMALL_BYTES);
    assertThat(longest).isLessThan(uncompacted / 2);
    try (Store store = open();
        Title title = store.title(KEY)) {
      assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(24 * MIB);
    }
  }

  @Test
  void open_longSidecarOfBefore_isShortenedForTheNextTime() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = title.begin(StoreRig.facts(-1));
      for (int at = 0; at < 8 * MIB; at += RECORD_BYTES) {
        StoreRig.write(generation, at, RECORD_BYTES);
      }
      generation.files().orElseThrow().journal().flushAll();
      StoreRig.killed(temp.resolve("cache"), temp.resolve("copy"));
    }
    assertThat(Files.size(sidecar("copy"))).isGreaterThan(SidecarBlock.BYTES + 75_000);
    try (Store store = stores.open(settings("copy"), Stores.BOOT);
        Title title = store.title(KEY)) {
      assertThat(title.generation().orElseThrow().present().size()).isGreaterThan(7 * MIB);
      Stores.onKeeper(title, () -> {}); // Runs after the checkpoint that opening requested.
      assertThat(Files.size(sidecar("copy"))).isLessThan(SidecarBlock.BYTES + 1000);
    }
  }

  @Test
  void shorten_killedBeforeAnyStep_losesNothing() throws Exception {
    List<Path> copies = new ArrayList<>();
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = film(title);
      stores.disk.beforeEach(() ->
          copies.add(StoreRig.killed(temp.resolve("cache"), temp.resolve(copies.size() + ""))));
      shorten(generation);
      stores.disk.beforeEach(() -> {});
      copies.add(StoreRig.killed(temp.resolve("cache"), temp.resolve(copies.size() + "")));
    }
    assertThat(copies).hasSizeGreaterThan(4);
    for (Path copy : copies) {
      for (int boot : new int[] {Stores.BOOT, Stores.BOOT + 1}) {
        try (Store store = stores.open(settings(copy), boot);
            Title title = store.title(KEY)) {
          Generation generation = title.generation().orElseThrow();
          assertThat(generation.present()).as("%s", copy).isEqualTo(ALL);
          assertThat(StoreRig.checkAll(generation)).isEqualTo(ALL.size());
          store.scanned().join();
        }
        Files.deleteIfExists(AtomicFile.draftOf(sidecar(copy)));
      }
    }
    assertThat(stores.ear.heard).isEmpty();
  }

  @Test
  void shorten_anyStepFails_losesNothingAndGoesOn() throws Exception {
    AtomicInteger steps = new AtomicInteger();
    for (int failing = 0; ; failing++) {
      Path folder = temp.resolve("failing" + failing);
      steps.set(failing);
      boolean failed = false;
      try (Store store = stores.open(settings(folder), Stores.BOOT);
          Title title = store.title(KEY)) {
        Generation generation = film(title);
        stores.disk.beforeEach(() -> failWhenDue(steps));
        try {
          shorten(generation);
        } catch (IOException expected) {
          failed = true;
        }
        stores.disk.beforeEach(() -> {});
        assertThat(AtomicFile.draftOf(sidecar(folder))).doesNotExist();
        assertThat(StoreRig.checkAll(generation)).isEqualTo(ALL.size());
        StoreRig.write(generation, 0, 4 * MIB);
        checkpoint(title);
      }
      try (Store store = stores.open(settings(folder), Stores.BOOT + 1);
          Title title = store.title(KEY)) {
        assertThat(StoreRig.checkAll(title.generation().orElseThrow())).isEqualTo(4 * MIB);
      }
      if (!failed) {
        assertThat(failing).isGreaterThan(3);
        return;
      }
    }
  }

  @Test
  void shorten_sidecarChangedByOthers_isLeftAlone() throws Exception {
    try (Store store = open();
        Title title = store.title(KEY)) {
      Generation generation = film(title);
      byte[] changed = Files.readAllBytes(sidecar("cache"));
      changed[SidecarBlock.BYTES + 3] ^= 1;
      Files.write(sidecar("cache"), changed);
      shorten(generation);
      assertThat(Files.readAllBytes(sidecar("cache"))).isEqualTo(changed);
      assertThat(StoreRig.checkAll(generation)).isEqualTo(ALL.size());
      changed[SidecarBlock.BYTES + 3] ^= 1;
      Files.write(sidecar("cache"), changed);
    }
  }

  private static void failWhenDue(AtomicInteger steps) throws IOException {
    if (steps.getAndDecrement() == 0) {
      throw new IOException("Input/output error");
    }
  }

  /** A film with durable bytes and with bytes that only the page cache and the journal hold. */
  private static Generation film(Title title) throws Exception {
    Generation generation = title.begin(StoreRig.facts(8 * MIB));
    StoreRig.write(generation, 0, 2 * MIB);
    checkpoint(title);
    for (long at = RECENT.start(); at < RECENT.end(); at += RECORD_BYTES) {
      StoreRig.write(generation, at, RECORD_BYTES);
    }
    generation.files().orElseThrow().journal().flushAll();
    return generation;
  }

  private static void checkpoint(Title title) throws Exception {
    Stores.onKeeper(
        title, () -> assertThat(Checkpoint.run(title.generation().orElseThrow())).isTrue());
  }

  private static void shorten(Generation generation) throws IOException {
    generation.title().writerLock().acquireUninterruptibly();
    try {
      Compaction.shorten(generation, generation.files().orElseThrow(), /* complete= */ false);
    } finally {
      generation.title().writerLock().release();
    }
  }

  private Store open() throws StoreException {
    return stores.open(settings("cache"), Stores.BOOT);
  }

  private StoreSettings settings(String name) {
    return settings(temp.resolve(name));
  }

  /** Settings with which each write becomes one record. */
  private static StoreSettings settings(Path folder) {
    return new StoreSettings(
        folder,
        OptionalLong.of(1L << 30),
        OptionalLong.empty(),
        /* minFreeBytes= */ 0,
        Duration.ofMinutes(1),
        RECORD_BYTES,
        EvictionPolicy.HEADS);
  }

  private Path sidecar(String name) {
    return sidecar(temp.resolve(name));
  }

  private static Path sidecar(Path folder) {
    return new Layout(folder).sidecar(KEY);
  }
}
