package streamcache.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import streamcache.link.TitleKey;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * One thing to play, shared by all its holders.
 *
 * <p>A thread that appends to its sidecar or renames its files holds its writer lock. Only platform
 * threads wait for the writer lock, and never while they hold another lock.
 */
public final class Title implements AutoCloseable {
  private static final int SHUT = Integer.MIN_VALUE;

  private final StoreParts parts;
  private final TitleKey key;
  private final Accounts.Entry account;
  private final Semaphore writerLock = new Semaphore(1);
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

  /** The generation that a new playback reads; empty until the provider's first response. */
  public Optional<Generation> generation() {
    return Optional.ofNullable(current);
  }

  /**
   * Begins a new generation in a new media file; playbacks of the old generation continue with the
   * bytes it has. Blocks on the disk; called on a connection's platform thread.
   *
   * <p>Succeeds even when the disk is full: the generation then exists in memory only, without any
   * bytes, so that its facts can still be served.
   */
  public Generation begin(GenerationFacts facts) {
    return begun(generation(facts, parts.time().now().getEpochSecond()));
  }

  /**
   * As the other method, for a file that is taken from another node.
   *
   * @param begun when that node began it, in epoch seconds; a later time than now counts as now
   */
  public Generation copy(GenerationFacts facts, long begun) {
    Generation fresh = generation(facts, Math.min(begun, parts.time().now().getEpochSecond()));
    fresh.freshness().copied();
    return begun(fresh);
  }

  private Generation generation(GenerationFacts facts, long begun) {
    return new Generation(parts, this, GenerationId.random(), begun, SidecarBlock.kept(facts, key));
  }

  private Generation begun(Generation fresh) {
    parts.threads().catchUp();
    Generation old = install(fresh);
    if (old != null) {
      superseded.incrementAndGet();
      old.supersede();
    }
    try {
      filesOf(fresh);
    } catch (IOException e) {
      // StoreHealth reports it; the next write tries again.
      StoreException _ = parts.health().failed(e);
    }
    return fresh;
  }

  /**
   * Begins a generation with all bytes of an old cache's file, which the two then share. Does
   * nothing if the title has a generation. Blocks on the disk; called on a platform thread.
   *
   * @return the current generation
   * @throws IOException if the file cannot be shared, or the store accepts no bytes
   */
  public Generation adopt(GenerationFacts facts, OldFile file) throws IOException {
    parts.health().gate();
    parts.quota().ensure(file.length());
    writerLock.acquireUninterruptibly();
    try {
      Generation known = current;
      if (known != null) {
        return known;
      }
      GenerationFacts shared = facts.withAdoptedFrom(file.path().toString());
      Generation generation = generation(shared, parts.time().now().getEpochSecond());
      MediaPlace place = NewFiles.place(parts, generation, parts.shards().of(key));
      SidecarBlock block = NewFiles.block(generation, place.name());
      RangeSet all = RangeSet.of(new ByteRange(0, file.length()));
      generation.open(AdoptedFiles.make(writerLock, place, block, file), all, RangeSet.EMPTY);
      current = generation;
      parts.threads().changed().add(key);
      return generation;
    } finally {
      writerLock.release();
    }
  }

  /**
   * Gives up all bytes of a generation, of which nothing is to be kept; the title is then unknown
   * again. Its readers may still read what they are about to. Blocks on the disk; called on a
   * connection's platform thread. Does nothing if the generation is not the current one.
   */
  public void abandon(Generation generation) {
    if (!uninstall(generation)) {
      return;
    }
    superseded.incrementAndGet();
    generation.supersede();
  }

  /** Releases one hold. Once none is left, the store may close the files at any time. */
  @Override
  public void close() {
    lastUse = parts.time().nanos();
    holds.decrementAndGet();
  }

  // For other classes of the store from here on.

  Accounts.Entry account() {
    return account;
  }

  UseMeter meter() {
    return meter;
  }

  Semaphore writerLock() {
    return writerLock;
  }

  /** Sets the generation found on disk; called before the title is shared. */
  void found(Generation generation) {
    current = generation;
  }

  /** Takes a hold, unless the title is being closed. */
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

  /**
   * Whether there are exactly {@code others} holds, no reader or writer, and no superseded
   * generation.
   */
  boolean isIdleBut(int others) {
    Generation generation = current;
    return holds.get() == others
        && superseded.get() == 0
        && (generation == null || generation.presence().isIdle());
  }

  /**
   * Deletes a superseded generation after its last reader or writer has left. On the keeper thread.
   */
  void retire(Generation generation) {
    generation.delete();
    superseded.decrementAndGet();
  }

  long lastUse() {
    return lastUse;
  }

  /** Refuses holds from now on; returns false if there are not exactly {@code own}. */
  boolean shutBut(int own) {
    return holds.compareAndSet(own, SHUT + own);
  }

  /**
   * Whether somebody gave the media file another name (a hard link), beside the one that it may
   * have in an old cache.
   */
  boolean isKept() {
    return otherNames() > (isShared() ? 1 : 0);
  }

  /**
   * Whether the media file is also a file of an old cache, so that it can only be evicted as a
   * whole.
   */
  boolean isShared() {
    return otherNames() > 0
        && generation().flatMap(now -> now.facts().adoptedFrom()).filter(this::isMedia).isPresent();
  }

  private boolean isMedia(String file) {
    return media().filter(media -> media.isAt(Path.of(file))).isPresent();
  }

  private int otherNames() {
    return media().map(Media::names).orElse(1) - 1;
  }

  private Optional<Media> media() {
    return generation().flatMap(Generation::files).map(TitleFiles::media);
  }

  /** Completes when a title that was shut has closed its files and may be read from disk again. */
  CompletableFuture<@Nullable Void> closed() {
    return closed;
  }

  /**
   * Deletes the title, which is shut, so that nothing reads or writes it. The sidecar is moved away
   * first, and durably: a sidecar that reappeared after a power cut could describe the media file
   * of a later generation. If the process is killed, the sidecar in the trash tells the next start
   * which media to delete. On the keeper thread.
   *
   * @return false if there is nothing to delete or the bytes are in use; after a failure the title
   *     on disk is unchanged
   */
  boolean discard() throws IOException {
    Generation generation = current;
    Optional<TitleFiles> files = generation == null ? Optional.empty() : generation.files();
    if (generation == null || files.isEmpty() || !generation.giveUp()) {
      return false;
    }
    current = null;
    boolean isGone = false;
    Path trash = parts.layout().trashed(key, generation.id(), Layout.SIDECAR);
    writerLock.acquireUninterruptibly();
    try {
      files.get().journal().end();
      Path sidecar = parts.layout().sidecar(key);
      parts.disk().move(sidecar, trash);
      parts.disk().syncFolder(parts.layout().shard(key));
      isGone = true;
    } finally {
      writerLock.release();
      if (isGone) {
        generation.delete();
      } else {
        generation.close();
      }
    }
    return true;
  }

  /**
   * Returns the files of {@code generation}, creating them if there are none. Blocks on the disk.
   */
  TitleFiles filesOf(Generation generation) throws IOException {
    Optional<TitleFiles> there = generation.files();
    if (there.isPresent()) {
      return there.get();
    }
    writerLock.acquireUninterruptibly();
    try {
      return generation.files().isPresent()
          ? generation.files().get()
          : NewFiles.make(parts, generation);
    } finally {
      writerLock.release();
    }
  }

  /** Records that the provider ended {@code generation} at {@code total}. */
  void learnTotal(Generation generation, long total) {
    writerLock.acquireUninterruptibly();
    try {
      if (generation.total().isPresent()) {
        return;
      }
      generation.know(total);
    } finally {
      writerLock.release();
    }
    generation.presence().queue(journal -> journal.ended(total));
    generation.wake();
    parts.threads().written(generation.upkeep());
    if (generation.isComplete()) {
      parts.threads().checkpointSoon(generation.upkeep());
    }
  }

  /** Moves the sidecar away first, as {@link #discard} does, and for the same reasons. */
  private boolean uninstall(Generation generation) {
    writerLock.acquireUninterruptibly();
    try {
      if (current != generation) {
        return false;
      }
      current = null;
      if (generation.files().isPresent()) {
        generation.files().get().journal().end();
        Path trash = parts.layout().trashed(key, generation.id(), Layout.SIDECAR);
        parts.disk().move(parts.layout().sidecar(key), trash);
        parts.disk().syncFolder(parts.layout().shard(key));
      }
    } catch (IOException e) {
      // The scrubber finds a sidecar without its media.
      StoreException _ = parts.health().failed(e);
    } finally {
      writerLock.release();
    }
    return true;
  }

  private @Nullable Generation install(Generation fresh) {
    writerLock.acquireUninterruptibly();
    try {
      Generation old = current;
      if (old != null) {
        old.files().ifPresent(files -> NewFiles.shelve(parts, old, files));
        old.files().ifPresent(files -> files.journal().end());
      }
      current = fresh;
      return old;
    } finally {
      writerLock.release();
    }
  }
}
