package streamcache.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import streamcache.link.TitleKey;

/**
 * One thing to play, shared by everybody who holds it open.
 *
 * <p>Its pen is held by whoever appends to its sidecar or renames its files. Only platform threads
 * wait for it, and never with a lock held.
 */
public final class Title implements AutoCloseable {
  private static final int SHUT = Integer.MIN_VALUE;

  private final StoreParts parts;
  private final TitleKey key;
  private final Accounts.Entry account;
  private final Semaphore pen = new Semaphore(1);
  private final AtomicInteger holds = new AtomicInteger();
  private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
  private final AtomicInteger superseded = new AtomicInteger();
  private final UseMeter meter = new UseMeter();
  private volatile long lastUse;
  private volatile @Nullable Generation current;

  Title(StoreParts parts, TitleKey key) {
    this.parts = parts;
    this.key = key;
    this.account = parts.accounts().of(key);
    this.lastUse = parts.time().nanos();
  }

  public TitleKey key() {
    return key;
  }

  /** The generation a new playback gets; empty until the first answer of the provider. */
  public Optional<Generation> generation() {
    return Optional.ofNullable(current);
  }

  /**
   * Begins a new generation in a new media file; playbacks on the old one go on with what it has.
   * Blocks on the disk; called on a connection's platform thread.
   *
   * <p>Works even when the disk is full: the generation then lives in memory without a byte, so
   * that its facts can be answered.
   */
  public Generation begin(GenerationFacts facts) {
    Generation fresh =
        new Generation(
            parts,
            this,
            GenerationId.random(),
            parts.time().now().getEpochSecond(),
            SidecarBlock.kept(facts, key));
    Generation old = install(fresh);
    if (old != null) {
      superseded.incrementAndGet();
      old.supersede();
    }
    try {
      filesOf(fresh);
    } catch (IOException e) {
      // Told to the listener; the next write tries again.
      StoreException _ = parts.health().failed(e);
    }
    return fresh;
  }

  /** Ends one hold; the last one lets the store close files in its own time. */
  @Override
  public void close() {
    lastUse = parts.time().nanos();
    holds.decrementAndGet();
  }

  // From here on for the other parts of the store.

  Accounts.Entry account() {
    return account;
  }

  UseMeter meter() {
    return meter;
  }

  Semaphore pen() {
    return pen;
  }

  /** What was found on disk; before anybody else sees the title. */
  void found(Generation generation) {
    current = generation;
  }

  /** One more hold, unless the title is being closed. */
  boolean hold() {
    while (true) {
      int now = holds.get();
      if (now < 0) {
        return false;
      }
      if (holds.compareAndSet(now, now + 1)) {
        return true;
      }
    }
  }

  /** Whether nobody but {@code others} holders has a use for it. */
  boolean isIdleBut(int others) {
    Generation generation = current;
    return holds.get() == others
        && superseded.get() == 0
        && (generation == null || generation.presence().isIdle());
  }

  /** The last reader of a superseded generation left: it is deleted. On the keeper thread. */
  void retire(Generation generation) {
    generation.delete();
    superseded.decrementAndGet();
  }

  long lastUse() {
    return lastUse;
  }

  /** Refuses holds from now on; false when there are more than {@code own}. */
  boolean shutBut(int own) {
    return holds.compareAndSet(own, SHUT + own);
  }

  /** Whether somebody has given the media file a second name. */
  boolean isKept() {
    return generation()
        .flatMap(Generation::files)
        .map(files -> files.media().isKept())
        .orElse(false);
  }

  /** Done when a title that was shut has closed its files and may be read from disk again. */
  CompletableFuture<@Nullable Void> closed() {
    return closed;
  }

  /**
   * Deletes all of it; the title is shut, so that nobody reads or writes. The sidecar goes first
   * and for good: one that came back after a power cut could speak of the file of a generation to
   * come. On the keeper thread.
   *
   * @return false when there is nothing to delete; after a failure the title is as it was on disk
   */
  boolean discard() throws IOException {
    Generation generation = current;
    Optional<Generation.Files> files = generation == null ? Optional.empty() : generation.files();
    if (generation == null || files.isEmpty() || !generation.giveUp()) {
      return false;
    }
    current = null;
    boolean isGone = false;
    pen.acquireUninterruptibly();
    try {
      files.get().journal().end();
      Path sidecar = parts.layout().sidecar(key);
      Path trash = parts.layout().trash().resolve(sidecar.getFileName());
      parts.disk().move(sidecar, trash);
      parts.disk().syncFolder(parts.layout().shard(key));
      parts.disk().delete(trash);
      isGone = true;
    } finally {
      pen.release();
      if (isGone) {
        generation.delete();
      } else {
        generation.close();
      }
    }
    return true;
  }

  /** The files of {@code generation}, made now if there are none. Blocks on the disk. */
  Generation.Files filesOf(Generation generation) throws IOException {
    Optional<Generation.Files> there = generation.files();
    if (there.isPresent()) {
      return there.get();
    }
    pen.acquireUninterruptibly();
    try {
      return generation.files().isPresent()
          ? generation.files().get()
          : NewFiles.make(parts, generation);
    } finally {
      pen.release();
    }
  }

  /** The provider ended {@code generation} at {@code total}. */
  void learnTotal(Generation generation, long total) {
    pen.acquireUninterruptibly();
    try {
      if (generation.total().isPresent()) {
        return;
      }
      generation.know(total);
    } finally {
      pen.release();
    }
    generation.presence().queueEnded(total);
    generation.wake();
    parts.chores().written(generation);
    if (generation.isComplete()) {
      parts.chores().checkpointSoon(generation);
    }
  }

  private @Nullable Generation install(Generation fresh) {
    pen.acquireUninterruptibly();
    try {
      Generation old = current;
      if (old != null) {
        old.files().ifPresent(files -> NewFiles.shelve(parts, old, files));
        old.files().ifPresent(files -> files.journal().end());
      }
      current = fresh;
      return old;
    } finally {
      pen.release();
    }
  }
}
