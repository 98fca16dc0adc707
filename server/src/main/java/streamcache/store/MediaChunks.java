package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;
import streamcache.store.Footprint.Chunked;

/**
 * The bytes of one generation in files of 16 MiB in a folder of their own, for file systems on
 * which a write far beyond the end of a file also writes everything before it. The names never
 * change; concatenated in order, the files are the film.
 */
final class MediaChunks implements Media {
  private final StoreParts parts;
  private final ChunkFolder folder;
  private final ChunkWriters writers;
  private final Chunked chunks;

  /** The start of the film, if it was written where files could be sparse. */
  private final Optional<MediaFile> base;

  private final AtomicInteger deletions = new AtomicInteger();
  private volatile boolean sealed;

  MediaChunks(StoreParts parts, Path folder, Optional<MediaFile> base, boolean sealed)
      throws IOException {
    this.parts = parts;
    this.folder = new ChunkFolder(folder);
    this.base = base;
    this.chunks =
        new Chunked(parts.abilities().chunkBytes(), base.isPresent() ? base.get().span() : 0);
    this.writers = new ChunkWriters(parts.disk(), this.folder, chunks);
    this.sealed = sealed;
  }

  ChunkFolder folder() {
    return folder;
  }

  MediaFile base() {
    return base.orElseThrow();
  }

  /** Number of chunks deleted so far: another file may take the name of a deleted chunk. */
  int deletions() {
    return deletions.get();
  }

  @Override
  public Media.View view() {
    return new ChunkView(this, parts.disk(), parts.openers());
  }

  @Override
  public void write(ByteBuffer data, long position) throws IOException {
    int start = data.position();
    for (long at = position;
        data.position() < data.limit();
        at = position + data.position() - start) {
      int length = (int) Math.min(fileEnd(at) - at, data.remaining());
      ByteBuffer part = data.slice(data.position(), length);
      if (at < chunks.base()) {
        base().write(part, at);
      } else {
        writers.write(part, at);
      }
      data.position(data.position() + length);
    }
  }

  @Override
  public void sync(RangeSet bytes) throws IOException {
    if (bytes.nextPresent(0) < chunks.base()) {
      base().sync(bytes);
    }
    writers.sync(chunks.touched(bytes));
  }

  @Override
  public void syncNames() throws IOException {
    writers.syncNames();
  }

  @Override
  public void release(RangeSet stretches) throws IOException {
    for (ByteRange range : stretches.ranges()) {
      for (long at = range.start(); at < range.end(); at = fileEnd(at)) {
        release(at);
      }
    }
  }

  @Override
  public RangeSet missing(RangeSet present, RangeSet durable) throws IOException {
    RangeSet missing = RangeSet.EMPTY;
    if (base.isPresent()) {
      RangeSet here = RangeSet.of(new ByteRange(0, chunks.base()));
      missing = base().missing(present.intersect(here), durable.intersect(here));
    }
    Set<Long> there = folder.indexes();
    for (long index : chunks.touched(present)) {
      ByteRange bounds = chunks.bounds(index);
      long end = there.contains(index) ? chunks.start(index) + folder.size(index) : bounds.start();
      RangeSet here = present.intersect(RangeSet.of(bounds));
      missing = missing.plus(here.minus(new ByteRange(0, end)));
    }
    return missing;
  }

  /** Always false: a chunk that was deleted is a hole like any other. */
  @Override
  public boolean isGone() {
    return false;
  }

  @Override
  public Chunked footprint() {
    return chunks;
  }

  @Override
  public OptionalLong allocated() throws IOException {
    long bytes = chunks.base();
    for (long index : folder.indexes()) {
      bytes += folder.size(index);
    }
    return OptionalLong.of(bytes);
  }

  @Override
  public long span() throws IOException {
    long last = folder.indexes().stream().mapToLong(Long::longValue).max().orElse(-1);
    return Math.max(chunks.base(), chunks.start(last + 1));
  }

  @Override
  public boolean isSealed() {
    return sealed;
  }

  @Override
  public boolean maySeal() {
    return true;
  }

  /** Kept in memory only: not every file system can rename a folder with open files. */
  @Override
  public void seal() {
    sealed = true;
  }

  @Override
  public void unseal() {
    sealed = false;
  }

  @Override
  public int names() {
    return base.isPresent() ? base().names() : 1;
  }

  @Override
  public boolean isAt(Path file) {
    return base.isPresent() && base().isAt(file);
  }

  /** Keeps all names; a newer generation gets another name. */
  @Override
  public boolean shelve(Path place) {
    parts.threads().superseded().add(folder.path());
    return false;
  }

  @Override
  public void delete() throws IOException {
    try {
      close();
    } finally {
      folder.delete(parts.disk());
      parts.threads().superseded().remove(folder.path());
      if (base.isPresent()) {
        base().delete();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      writers.close();
    } finally {
      if (base.isPresent()) {
        base().close();
      }
    }
  }

  /** Closes a chunk that somebody has deleted. */
  void forget(long index) throws IOException {
    writers.forget(index);
  }

  /**
   * Releases a chunk from {@code offset} on: deletes it if that is all of it, else truncates it.
   */
  private void release(long offset) throws IOException {
    long index = chunks.index(offset);
    if (offset > chunks.bounds(index).start()) {
      writers.cut(index, offset - chunks.start(index));
      return;
    }
    writers.delete(index);
    deletions.incrementAndGet();
  }

  /** The highest offset at which the file that holds {@code offset} may end. */
  long fileEnd(long offset) {
    return offset < chunks.base() ? chunks.base() : chunks.start(chunks.index(offset) + 1);
  }
}
