package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import streamcache.durable.Disk;
import streamcache.durable.FaultyDisk;
import streamcache.durable.NativeFiles;
import streamcache.range.RangeSet;
import streamcache.settings.StoreSettings;

/**
 * Opens the stores of one test and afterwards checks that each kept its promises: nothing is held,
 * left open or left behind, and accounts, sidecars and disk agree.
 */
final class Stores implements AfterEachCallback {
  static final int BOOT = 1;

  final FaultyDisk disk;
  final StoreRig.Ear ear = new StoreRig.Ear();
  private final StoreTime time;
  private final Mode mode;
  private final Map<Path, Opened> opened = new LinkedHashMap<>();

  private record Opened(Store store, StoreSettings settings, int bootTag) {}

  Stores(StoreTime time, Mode mode) {
    this(time, mode, Disk.system());
  }

  Stores(StoreTime time, Mode mode, Disk real) {
    this.time = time;
    this.mode = mode;
    this.disk = new FaultyDisk(real);
    disk.pretend(mode::of);
  }

  Store open(Path folder) throws StoreException {
    return open(StoreRig.settings(folder), BOOT);
  }

  Store open(Path folder, int bootTag) throws StoreException {
    return open(StoreRig.settings(folder), bootTag);
  }

  Store open(StoreSettings settings, int bootTag) throws StoreException {
    Store store = Store.open(settings, ear, disk, time, bootTag);
    opened.put(settings.folder(), new Opened(store, settings, bootTag));
    return store;
  }

  /** Runs the task on the keeper thread of an open store. */
  static void onKeeper(Title title, Runnable task) throws Exception {
    CompletableFuture.runAsync(task, title.generation().orElseThrow().parts().threads().keeper())
        .get(30, TimeUnit.SECONDS);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    if (context.getExecutionException().isPresent()) {
      return;
    }
    assertThat(disk.stillOpen()).as("files left open").isEmpty();
    for (Opened one : opened.values()) {
      nothingIsHeld(one.store());
      nothingIsLeftBehind(one.settings().folder());
      accountsAreThoseOfTheDisk(one);
    }
  }

  private static void nothingIsHeld(Store store) {
    for (Title title : store.openTitles()) {
      CompletableFuture<Boolean> idle =
          CompletableFuture.supplyAsync(() -> title.isIdleBut(/* others= */ 0));
      assertThat(idle.completeOnTimeout(false, 10, TimeUnit.SECONDS).join())
          .as("%s is free of holds, readers, claims and locks", title.key())
          .isTrue();
      assertThat(title.writerLock().availablePermits())
          .as("writer lock of %s", title.key())
          .isEqualTo(1);
    }
  }

  private static void nothingIsLeftBehind(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .as("drafts and probes in %s", folder)
          .noneMatch(name -> name.endsWith(".tmp") || name.startsWith(".probe"));
    }
    try (Stream<Path> trash = Files.list(new Layout(folder).trash())) {
      assertThat(trash.map(Path::toString))
          .as("trash; a sidecar there tells the next start to look for its media")
          .allMatch(name -> name.endsWith(Layout.SIDECAR));
    }
  }

  private void accountsAreThoseOfTheDisk(Opened one) throws IOException {
    long accounted = 0;
    Layout layout = new Layout(one.settings().folder());
    for (Path sidecar : files(layout.media(), Layout.SIDECAR)) {
      accounted += accounted(sidecar, one.bootTag());
    }
    assertThat(one.store().usage().usedBytes())
        .as("accounted in %s", one.settings().folder())
        .isEqualTo(accounted)
        .isLessThanOrEqualTo(one.store().usage().maxBytes());
  }

  private long accounted(Path sidecar, int bootTag) throws IOException {
    byte[] bytes = Files.readAllBytes(sidecar);
    SidecarBlock block = SidecarBlock.decode(bytes).orElse(null);
    if (block == null) {
      return 0; // Put there by the test; the title was never requested.
    }
    RangeSet present = present(bytes, block, bootTag);
    long base = size(sidecar.resolveSibling(block.media() + Layout.PART));
    Path chunks = sidecar.resolveSibling(block.media() + Layout.CHUNKS);
    boolean chunked = Files.isDirectory(chunks);
    Footprint footprint =
        chunked ? new Footprint.Chunked(Mode.CHUNK, base) : new Footprint.Sparse(true);
    long wanted = footprint.bytes(present);
    long found =
        chunked ? base : NativeFiles.system().allocated(media(sidecar, block)).orElse(wanted);
    for (Path chunk : chunked ? files(chunks, "") : List.<Path>of()) {
      found += Math.ceilDiv(size(chunk), Accounts.BLOCK) * Accounts.BLOCK;
    }
    assertThat(found)
        .as("on disk of %s for %s", block.media(), present)
        .isBetween(wanted, wanted + mostLost(media(sidecar, block)));
    return wanted;
  }

  /**
   * The most that the disk may hold beyond the accounts: blocks of its own and, where holes cannot
   * be punched, what a power cut removed from the accounts.
   */
  private long mostLost(Path media) throws IOException {
    return mode == Mode.UNPUNCHED ? Math.max(StoreRig.MIB, size(media)) : StoreRig.MIB;
  }

  private static RangeSet present(byte[] sidecar, SidecarBlock block, int bootTag) {
    ByteBuffer journal =
        ByteBuffer.wrap(sidecar, SidecarBlock.BYTES, sidecar.length - SidecarBlock.BYTES);
    Replay replay = Replay.of(journal, block.generationTag(), bootTag);
    return replay.durable().plus(replay.recent());
  }

  private static Path media(Path sidecar, SidecarBlock block) {
    Path whole = sidecar.resolveSibling(block.media());
    return Files.exists(whole) ? whole : sidecar.resolveSibling(block.media() + Layout.PART);
  }

  private static long size(Path file) throws IOException {
    return Files.isRegularFile(file) ? Files.size(file) : 0;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(path -> path.toString().endsWith(ending))
          .toList();
    }
  }
}
