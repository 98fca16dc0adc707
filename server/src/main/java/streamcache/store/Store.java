package streamcache.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.durable.Disk;
import streamcache.event.Event;
import streamcache.link.TitleKey;
import streamcache.settings.StoreSettings;

/**
 * The cache on disk. One instance per process, one process per folder.
 *
 * <p><b>Terminology.</b> A <em>title</em> is one thing to play, identified by its key. A
 * <em>generation</em> is one version of its bytes; bytes of two generations never mix. The
 * <em>range set</em> of a generation records which bytes are present; a <em>hole</em> is a range
 * that is missing. A <em>reader</em> is a playback's hold on a generation: while it is open,
 * nothing at or ahead of its position is evicted. The <em>facts</em> of a generation are its
 * length, type and validators (RFC 9110 calls them representation metadata).
 */
public final class Store implements AutoCloseable {

  /** Most idle titles kept open, so that the next request for one is cheap. */
  private static final int MOST_IDLE = 128;

  private static final Logger LOG = LoggerFactory.getLogger(Store.class);

  private final StoreParts parts;
  private final FolderLock folderLock;
  private final StoreFile file;
  private final TitleLoader loader;
  private final ConcurrentHashMap<TitleKey, CompletableFuture<Title>> titles =
      new ConcurrentHashMap<>();
  private final AccessIndex uses;
  private final Janitor janitor;
  private final Inventory inventory;
  private final Scrubber scrubber;
  private final Set<TitleKey> unread;
  private final boolean stoppedCleanly;
  private final Sweep sweep;
  private final AtomicBoolean roundAsked = new AtomicBoolean();
  private final CompletableFuture<@Nullable Void> scanned = new CompletableFuture<>();
  private volatile boolean closing;
  private volatile long diskFree;
  private long roundAt;

  private Store(StoreParts parts, FolderLock folderLock, StoreFile file) {
    this.parts = parts;
    this.folderLock = folderLock;
    this.loader = new TitleLoader(parts);
    Index.Opened index = Index.open(parts.disk(), parts.layout().root());
    this.unread = index.reread();
    this.stoppedCleanly = index.clean();
    this.sweep = new Sweep(parts, this::title, index.lost(), file.hasEarlierNames());
    this.file = file;
    this.uses = new AccessIndex(parts, index.index(), this::ifOpen);
    this.janitor = new Janitor(parts, uses, this::title, this::discard);
    this.inventory = new Inventory(parts, uses, this::ifOpen, this::title, this::discard);
    this.scrubber = new Scrubber(parts, uses, this::title, this::discard);
  }

  /**
   * Opens the folder, creating it if necessary. Blocks on the disk.
   *
   * @throws StoreException IN_USE, TOO_NEW, NOT_OURS or UNUSABLE, each with a message for the
   *     operator
   */
  public static Store open(StoreSettings settings, Consumer<Event> events) throws StoreException {
    return open(settings, events, Disk.system(), StoreTime.SYSTEM);
  }

  static Store open(StoreSettings settings, Consumer<Event> events, Disk disk, StoreTime time)
      throws StoreException {
    return open(settings, events, disk, time, BootTag.of(settings.folder()));
  }

  static Store open(
      StoreSettings settings, Consumer<Event> events, Disk disk, StoreTime time, int bootTag)
      throws StoreException {
    Layout layout = new Layout(settings.folder().toAbsolutePath().normalize());
    try {
      Files.createDirectories(layout.root());
      Ownership.check(layout);
      FolderLock lock = FolderLock.take(layout);
      try {
        // First, so that an interrupted start leaves nothing that looks like foreign files.
        StoreFile file = StoreFile.open(disk, layout);
        for (Path folder : layout.folders()) {
          Files.createDirectories(folder);
        }
        StoreParts parts = StoreParts.open(settings, layout, file, events, disk, time, bootTag);
        Store store = new Store(parts, lock, file);
        store.start();
        return store;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw StoreException.unusable(layout.root(), e);
    }
  }

  /**
   * Returns the title with that key, reading its sidecar at first use. Each call must be paired
   * with one {@link Title#close}. Safe on a virtual thread: disk work is done on threads of the
   * store. What cannot be read is a hole.
   *
   * @throws CompletionException if the load fails with an Error, such as OutOfMemoryError; the next
   *     call tries again
   */
  public Title title(TitleKey key) {
    while (true) {
      CompletableFuture<Title> opening = titles.get(key);
      if (opening == null) {
        opening = titles.computeIfAbsent(key, this::load);
      }
      Title title = opened(key, opening);
      if (title.hold()) {
        return title;
      }
      title.closed().join();
    }
  }

  /**
   * Returns the title with that key if it is open; never waits. Each title returned must be paired
   * with one {@link Title#close}.
   */
  public Optional<Title> titleIfOpen(TitleKey key) {
    return ifOpen(key).filter(Title::hold);
  }

  /** Describes to the operator what the file system under the folder can do. */
  public String fileSystem() {
    return parts.abilities().words();
  }

  /** The settings in effect. */
  public StoreSettings settings() {
    return parts.settings();
  }

  /** Puts other limits into effect, and evicts what is beyond them. Does not block. */
  public void change(StoreSettings settings) {
    parts.current().set(settings);
    parts.quota().limit(settings.maxBytes().orElse(file.maxBytes()));
    askForRound();
  }

  /** Cheap: does not touch the disk. */
  public StoreUsage usage() {
    return new StoreUsage(
        parts.accounts().used(),
        parts.quota().maxBytes(),
        diskFree,
        parts.accounts().titles(),
        parts.health().isWell());
  }

  /**
   * Tells commands about this process ({@link StoreFolder#told}), once: keys and values without
   * line breaks and secrets. Blocks on the disk.
   */
  public void tell(Map<String, String> told) {
    folderLock.tell(told);
  }

  /**
   * What would be evicted now if space were needed. The thread for that may be busy with the disk.
   *
   * @param most how many titles that go, and how many that stay
   */
  public CompletableFuture<EvictionOutlook> evictionOutlook(int most) {
    return CompletableFuture.supplyAsync(() -> janitor.outlook(most), parts.threads().keeper());
  }

  /** What is stored, for the operator. */
  public Inventory inventory() {
    return inventory;
  }

  /** Checkpoints every title and releases the folder. */
  @Override
  public void close() {
    closing = true;
    parts.openers().close();
    parts.threads().stop();
    for (Title title : openTitles()) {
      title.generation().ifPresent(Store::putAway);
    }
    uses.close();
    try {
      folderLock.close();
    } catch (IOException e) {
      LOG.warn("event=store-lock-not-closed", e);
    }
  }

  private void start() {
    look();
    roundAt = parts.time().nanos();
    parts.quota().call(this::askForRound);
    parts.threads().start(this::tick);
    Thread.ofPlatform().name("store-scan").daemon().start(this::scanOnce);
  }

  private CompletableFuture<Title> load(TitleKey key) {
    return CompletableFuture.supplyAsync(() -> loader.load(key), parts.openers());
  }

  /** Waits for the title; a failed load is discarded, so that the next call tries again. */
  private Title opened(TitleKey key, CompletableFuture<Title> opening) {
    try {
      return opening.join();
    } catch (CompletionException e) {
      titles.remove(key, opening);
      throw e;
    }
  }

  Scrubber audit() {
    return scrubber;
  }

  Janitor janitor() {
    return janitor;
  }

  /** Titles that are open, or were open when the store was closed. */
  List<Title> openTitles() {
    return titles.values().stream().flatMap(title -> ifOpen(title).stream()).toList();
  }

  /** Completes when the usage counts every title. */
  CompletableFuture<@Nullable Void> scanned() {
    return scanned;
  }

  private void scanOnce() {
    try {
      scan();
    } finally {
      scanned.complete(null);
    }
  }

  /**
   * Deletes what an unclean stop left behind, reads the titles whose index entries are missing or
   * may be wrong, and the names that the index lacks.
   */
  private void scan() {
    if (!unread.isEmpty() || !stoppedCleanly || sweep.foundSidecar()) {
      sweep.deleteOrphans();
    }
    sweep.emptyTrash(); // Only now: the trash says which orphans to look for.
    if (file.hasEarlierNames()) {
      file.noteNames(parts.disk(), parts.layout());
    }
    int read = 0;
    for (TitleKey key : unread) {
      if (closing) {
        return;
      }
      try (Title title = title(key)) {
        parts.threads().changed().add(title.key());
      } catch (RejectedExecutionException _) {
        return; // The store is being closed.
      } catch (CompletionException e) {
        LOG.error("event=title-not-read key={}", key, e); // Counted when it is next requested.
      }
      if (++read % MOST_IDLE == 0) {
        CompletableFuture.runAsync(this::closeIdle, parts.threads().keeper())
            .completeOnTimeout(null, 1, TimeUnit.MINUTES)
            .join();
      }
    }
    inventory.readLabels(() -> closing);
  }

  private void askForRound() {
    if (roundAsked.compareAndSet(false, true)) {
      parts.threads().keeper().execute(this::round);
    }
  }

  private void round() {
    roundAsked.set(false);
    roundAt = parts.time().nanos();
    janitor.round();
  }

  /** Once a second on the keeper thread. */
  private void tick() {
    look();
    uses.tick();
    inventory.tick();
    closeIdle();
    parts.health().probe();
    long interval = parts.settings().janitorInterval().toNanos();
    boolean tight = parts.health().isFull() || diskFree < parts.settings().minFreeBytes();
    if (tight || parts.time().nanos() - roundAt >= interval) {
      round();
    }
    scrubber.tick();
  }

  private void look() {
    diskFree = parts.layout().root().toFile().getUsableSpace();
  }

  private Optional<Title> ifOpen(TitleKey key) {
    CompletableFuture<Title> title = titles.get(key);
    return title == null ? Optional.empty() : ifOpen(title);
  }

  private static Optional<Title> ifOpen(CompletableFuture<Title> title) {
    return title.state() == Future.State.SUCCESS ? Optional.of(title.join()) : Optional.empty();
  }

  /** On the keeper thread. */
  void closeIdle() {
    if (titles.size() <= MOST_IDLE) {
      return;
    }
    List<Title> idle =
        openTitles().stream()
            .filter(title -> title.isIdleBut(0))
            .sorted(Comparator.comparingLong(Title::lastUse))
            .toList();
    for (Title title : idle.subList(0, Math.max(0, idle.size() - MOST_IDLE))) {
      close(title);
    }
  }

  /** Closes the files of a title unless it is held. On the keeper thread. */
  private void close(Title title) {
    if (title.shutBut(0)) {
      title.generation().ifPresent(Store::putAway);
      forget(title);
    }
  }

  /**
   * Deletes a title that only the keeper holds; returns whether it did. A caller that requests the
   * title meanwhile waits and gets an empty title, not a generation that is being deleted.
   */
  boolean discard(Title title) {
    if (!title.isIdleBut(1) || !title.shutBut(1)) {
      return false;
    }
    boolean discarded = false;
    try {
      discarded = title.discard();
    } catch (IOException e) {
      StoreException _ = parts.health().failed(e);
    }
    if (!discarded) {
      title.generation().ifPresent(Store::putAway);
    }
    forget(title);
    return discarded;
  }

  /** Forgets a title that is shut: the next request reads it from the disk. */
  private void forget(Title title) {
    if (parts.threads().changed().contains(title.key())) {
      uses.note(title);
    }
    parts.accounts().closed(title.key());
    titles.remove(title.key());
    title.closed().complete(null);
  }

  private static void putAway(Generation generation) {
    boolean _ = Checkpoint.run(generation);
    generation.close();
  }
}
