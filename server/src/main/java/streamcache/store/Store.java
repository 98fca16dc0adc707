package streamcache.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.TitleKey;
import streamcache.settings.StoreSettings;

/**
 * All bytes on disk. One instance a process, one process a folder.
 *
 * <p><b>Terminology.</b> A <em>title</em> is one thing to play, named by its key. A
 * <em>generation</em> is one version of its bytes; bytes of two generations never mix. The
 * <em>range set</em> of a generation says which bytes are present; a <em>hole</em> is what is
 * missing. A <em>reader</em> is a playback's hold on a generation: nothing at or ahead of its
 * position is given up while it is open.
 */
public final class Store implements AutoCloseable {

  /** Titles that nobody holds stay open up to this number, so that the next request is cheap. */
  private static final int MOST_IDLE = 128;

  private static final int OPENERS = 4;
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);

  private final StoreParts parts;
  private final FolderLock folderLock;
  private final TitleLoader loader;
  private final ConcurrentHashMap<TitleKey, CompletableFuture<Title>> titles =
      new ConcurrentHashMap<>();
  private final Uses uses;
  private final Janitor janitor;
  private final Audit audit;
  private final Set<TitleKey> unread;
  private final boolean stoppedCleanly;
  private final Sweep sweep;
  private final AtomicBoolean roundAsked = new AtomicBoolean();
  private final CompletableFuture<@Nullable Void> scanned = new CompletableFuture<>();
  private volatile boolean closing;
  private volatile long diskFree;
  private long roundAt;

  private Store(StoreParts parts, FolderLock folderLock) {
    this.parts = parts;
    this.folderLock = folderLock;
    this.loader = new TitleLoader(parts);
    Index.Opened index = Index.open(parts.layout().root());
    this.unread = index.reread();
    this.stoppedCleanly = index.clean();
    this.sweep = new Sweep(parts, this::title);
    this.uses = new Uses(parts, index.index(), this::ifOpen);
    this.janitor = new Janitor(parts, uses, this::title, this::discard);
    this.audit = new Audit(parts, uses, this::title, this::discard);
  }

  /**
   * Opens the folder, making it if need be. Blocks on the disk.
   *
   * @throws StoreException IN_USE, TOO_NEW, UNUSABLE, each with a sentence for the operator
   */
  public static Store open(StoreSettings settings, StoreListener listener) throws StoreException {
    return open(settings, listener, new Disk.Real(), StoreTime.SYSTEM);
  }

  static Store open(StoreSettings settings, StoreListener listener, Disk disk, StoreTime time)
      throws StoreException {
    return open(settings, listener, disk, time, BootTag.of(settings.folder()));
  }

  static Store open(
      StoreSettings settings, StoreListener listener, Disk disk, StoreTime time, int bootTag)
      throws StoreException {
    Layout layout = new Layout(settings.folder().toAbsolutePath().normalize());
    try {
      for (Path folder : layout.folders()) {
        Files.createDirectories(folder);
      }
      FolderLock lock = FolderLock.take(layout);
      try {
        StoreFile file = StoreFile.open(disk, layout);
        Chores chores = new Chores();
        Accounts accounts = new Accounts();
        Room room =
            new Room(
                settings.maxBytes().orElse(file.maxBytes()),
                accounts,
                time,
                () -> chores.publisher().execute(listener::atLimit));
        Health health = new Health(disk, layout, time, listener, chores);
        StoreParts parts =
            new StoreParts(
                settings,
                layout,
                new Shards(disk, layout),
                file.abilities(),
                disk,
                time,
                bootTag,
                accounts,
                room,
                health,
                listener,
                chores,
                Executors.newFixedThreadPool(
                    OPENERS, Thread.ofPlatform().name("store-open-", 0).daemon().factory()));
        Store store = new Store(parts, lock);
        store.start();
        return store;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Cause.UNUSABLE,
          "The cache folder %s cannot be made or written (%s). Is it on a writable disk and owned by"
                  .formatted(layout.root(), e.getClass().getSimpleName())
              + " the user that Streamcache runs as?",
          e);
    }
  }

  /**
   * The title of that key, read from its sidecar at first use; each call is paired with one {@link
   * Title#close}. Safe on a virtual thread: disk work is done on threads of the store. Never fails:
   * what cannot be read is a hole.
   */
  public Title title(TitleKey key) {
    while (true) {
      CompletableFuture<Title> opening = titles.get(key);
      if (opening == null) {
        opening = titles.computeIfAbsent(key, this::load);
      }
      Title title = opening.join();
      if (title.hold()) {
        return title;
      }
      title.closed().join();
    }
  }

  /**
   * The title of that key if its files are open; never waits. Each one given is paired with one
   * {@link Title#close}.
   */
  public Optional<Title> titleIfOpen(TitleKey key) {
    return ifOpen(key).filter(Title::hold);
  }

  /** What the file system under the folder can do, in words for the operator. */
  public String fileSystem() {
    return parts.abilities().words();
  }

  /** Cheap: asks nothing of the disk. */
  public StoreUsage usage() {
    return new StoreUsage(
        parts.accounts().used(),
        parts.room().maxBytes(),
        diskFree,
        parts.accounts().titles(),
        parts.health().isWell());
  }

  /** Checkpoints every title and gives the folder free. */
  @Override
  public void close() {
    closing = true;
    parts.openers().close();
    parts.chores().stop();
    for (CompletableFuture<Title> title : titles.values()) {
      title.join().generation().ifPresent(Store::putAway);
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
    parts.room().call(this::askForRound);
    parts.chores().start(parts, this::tick);
    Thread.ofPlatform().name("store-scan").daemon().start(this::scanOnce);
  }

  private CompletableFuture<Title> load(TitleKey key) {
    return CompletableFuture.supplyAsync(() -> loader.load(key), parts.openers());
  }

  Audit audit() {
    return audit;
  }

  /** Those that are open, or were when the store was closed. */
  List<Title> openTitles() {
    return titles.values().stream()
        .filter(CompletableFuture::isDone)
        .map(CompletableFuture::join)
        .toList();
  }

  /** Done when usage counts every title. */
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

  /** Puts away what an unclean stop left and reads the titles that the index does not know. */
  private void scan() {
    sweep.emptyTrash();
    if (!unread.isEmpty() || !stoppedCleanly || sweep.foundSidecar()) {
      sweep.deleteOrphans();
    }
    int read = 0;
    for (TitleKey key : unread) {
      if (closing) {
        return;
      }
      try (Title title = title(key)) {
        parts.chores().changed().add(title);
      } catch (RejectedExecutionException _) {
        return; // The store is being closed.
      }
      if (++read % MOST_IDLE == 0) {
        CompletableFuture.runAsync(this::closeIdle, parts.chores().keeper())
            .completeOnTimeout(null, 1, TimeUnit.MINUTES)
            .join();
      }
    }
  }

  private void askForRound() {
    if (roundAsked.compareAndSet(false, true)) {
      parts.chores().keeper().execute(this::round);
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
    closeIdle();
    parts.health().probe();
    long interval = parts.settings().janitorInterval().toNanos();
    boolean tight = parts.health().isFull() || diskFree < parts.settings().minFreeBytes();
    if (tight || parts.time().nanos() - roundAt >= interval) {
      round();
    }
    audit.tick();
  }

  private void look() {
    diskFree = parts.layout().root().toFile().getUsableSpace();
  }

  private Optional<Title> ifOpen(TitleKey key) {
    CompletableFuture<Title> title = titles.get(key);
    return title == null || !title.isDone() ? Optional.empty() : Optional.of(title.join());
  }

  /** On the keeper thread. */
  void closeIdle() {
    List<Title> idle =
        openTitles().stream()
            .filter(title -> title.isIdleBut(0))
            .sorted(Comparator.comparingLong(Title::lastUse))
            .toList();
    for (Title title : idle.subList(0, Math.max(0, idle.size() - MOST_IDLE))) {
      close(title);
    }
  }

  /** Closes the files of a title unless somebody holds it. On the keeper thread. */
  private void close(Title title) {
    if (title.shutBut(0)) {
      title.generation().ifPresent(Store::putAway);
      forget(title);
    }
  }

  /**
   * Deletes a title that the keeper holds and nobody else; whether it did. Who wants it meanwhile
   * waits and finds an empty one, rather than a generation that is being deleted.
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

  /** The title is shut: the next one to want it reads it from the disk. */
  private void forget(Title title) {
    if (parts.chores().changed().contains(title)) {
      uses.note(title);
    }
    titles.remove(title.key());
    title.closed().complete(null);
  }

  private static void putAway(Generation generation) {
    boolean _ = Checkpoint.run(generation);
    generation.close();
  }
}
