package streamcache.store;

import java.nio.file.Path;
import streamcache.durable.FileSystemAbilities;

/** The file system abilities that matter to the store, imposed on the real file system. */
enum Mode {
  /** Holes take no space and can be punched. */
  SPARSE(true, true),
  /** Holes take no space, but nothing can be punched. */
  UNPUNCHED(true, false),
  /** Holes are written as zeros. */
  CHUNKED(false, false);

  /** Small, so that a test has many chunks; not a power of two. */
  static final long CHUNK = 96 << 10;

  private final boolean sparse;
  private final boolean punch;

  Mode(boolean sparse, boolean punch) {
    this.sparse = sparse;
    this.punch = punch;
  }

  FileSystemAbilities of(FileSystemAbilities real) {
    return new FileSystemAbilities(
        sparse, punch, real.exact(), real.hardLinks(), CHUNK, real.type(), real.device());
  }

  Footprint footprint() {
    return sparse ? new Footprint.Sparse(punch) : new Footprint.Chunked(CHUNK, /* base= */ 0);
  }

  /** The most that a reader gets at once of {@code length} bytes at {@code offset}. */
  long run(long offset, long length) {
    return sparse ? length : Math.min(length, CHUNK - offset % CHUNK);
  }

  /** The name on disk of an incomplete film. */
  String partial(String name) {
    return sparse ? name + Layout.PART : name + Layout.CHUNKS;
  }

  /** The name on disk of a complete film. */
  String complete(String name) {
    return sparse ? name : name + Layout.CHUNKS;
  }

  /** The file on disk that holds the byte at {@code offset} of the media at {@code path}. */
  Path file(Path path, long offset) {
    return sparse ? path : path.resolve("%06d".formatted(offset / CHUNK));
  }

  /** The position of that byte in its file. */
  long at(long offset) {
    return sparse ? offset : offset % CHUNK;
  }
}
