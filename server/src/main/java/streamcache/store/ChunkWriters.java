package streamcache.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import streamcache.durable.Disk;
import streamcache.durable.ReopeningFile;
import streamcache.store.Footprint.Chunked;

/**
 * The chunk files of one generation that are open for writing. A chunk stays open from its first
 * write until the sync after its last write, so that no disk error goes unnoticed. Called by
 * writers and the keeper; no two writers work on the same bytes, and none works on bytes that are
 * being evicted.
 */
final class ChunkWriters implements AutoCloseable {
  private final Disk disk;
  private final ChunkFolder folder;
  private final Chunked chunks;
  private final Map<Long, Chunk> open = new ConcurrentHashMap<>();
  private volatile boolean namesUnsynced;

  ChunkWriters(Disk disk, ChunkFolder folder, Chunked chunks) {
    this.disk = disk;
    this.folder = folder;
    this.chunks = chunks;
  }

  /** Writes bytes of one chunk; {@code position} counts from the start of the title. */
  void write(ByteBuffer data, long position) throws IOException {
    long index = chunks.index(position);
    while (true) {
      Chunk known = open.get(index);
      Chunk chunk = known == null ? opened(index) : known;
      if (!chunk.hold()) {
        // The keeper is closing it.
        open.remove(index, chunk);
        continue;
      }
      try {
        chunk.file().write(data, position - chunks.start(index));
        return;
      } finally {
        chunk.release();
      }
    }
  }

  /** Syncs the given chunks and all chunks that are open. */
  void sync(Set<Long> indexes) throws IOException {
    Set<Long> all = new TreeSet<>(open.keySet());
    all.addAll(indexes);
    for (long index : all) {
      sync(index);
    }
  }

  /** Makes the names of new chunks survive a power cut. */
  void syncNames() throws IOException {
    if (!namesUnsynced) {
      return;
    }
    namesUnsynced = false;
    boolean synced = false;
    try {
      disk.syncFolder(folder.path());
      synced = true;
    } finally {
      namesUnsynced |= !synced;
    }
  }

  /** Truncates a chunk to {@code size} bytes. */
  void cut(long index, long size) throws IOException {
    try (ReopeningFile file = new ReopeningFile(disk, folder.file(index))) {
      file.truncate(size);
    } catch (NoSuchFileException _) {
      // Nothing to truncate.
    }
  }

  void delete(long index) throws IOException {
    forget(index);
    disk.delete(folder.file(index));
  }

  /**
   * Closes a chunk whose file was deleted, by the store or by others; later writes go to a new
   * file.
   */
  void forget(long index) throws IOException {
    Chunk chunk = open.get(index);
    if (chunk != null && chunk.shut()) {
      open.remove(index, chunk);
      chunk.file().close();
    }
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Chunk chunk : open.values()) {
      try {
        chunk.file().close();
      } catch (IOException e) {
        failure = e;
      }
    }
    open.clear();
    if (failure != null) {
      throw failure;
    }
  }

  private Chunk opened(long index) throws IOException {
    Path path = folder.file(index);
    if (!Files.exists(path)) {
      create(path);
    }
    Chunk fresh = new Chunk(new ReopeningFile(disk, path));
    Chunk other = open.putIfAbsent(index, fresh);
    return other == null ? fresh : other;
  }

  private void create(Path path) throws IOException {
    try {
      disk.open(path, CREATE, WRITE).close();
    } catch (NoSuchFileException _) {
      makeFolder(); // With a base, the folder is created for the first byte after it.
      disk.open(path, CREATE, WRITE).close();
    }
    namesUnsynced = true;
  }

  private void makeFolder() throws IOException {
    try {
      disk.makeFolder(folder.path());
    } catch (FileAlreadyExistsException _) {
      // Another writer was first.
    }
  }

  private void sync(long index) throws IOException {
    Chunk chunk = open.get(index);
    if (chunk == null) {
      try (ReopeningFile file = new ReopeningFile(disk, folder.file(index))) {
        file.sync();
      }
      return;
    }
    chunk.clean();
    chunk.file().sync();
    if (chunk.shutIfClean()) {
      open.remove(index, chunk);
      chunk.file().close();
    }
  }
}
