package streamcache.store;

import java.util.Set;
import java.util.TreeSet;
import streamcache.durable.FileSystemAbilities;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/**
 * The space that present bytes take on disk, and the space that evicting some of them frees;
 * computed in blocks of 4 KiB, not measured. An immutable value, for any thread.
 */
sealed interface Footprint {

  /** The footprint of new media files. */
  static Footprint of(FileSystemAbilities abilities) {
    return abilities.sparse()
        ? new Sparse(abilities.punch())
        : new Chunked(abilities.chunkBytes(), /* base= */ 0);
  }

  /** Bytes on disk of the file or files in which {@code present} was written. */
  long bytes(RangeSet present);

  /** By about how much that grows when all of {@code added} is present as well; cheap. */
  long growth(RangeSet present, ByteRange added);

  /**
   * Ranges that held bytes of {@code gone} and can be given back to the disk, since they hold
   * nothing of {@code kept}.
   */
  RangeSet freed(RangeSet gone, RangeSet kept);

  /** Whether evicting a part of a title frees anything; if not, a title is evicted whole. */
  boolean shrinks();

  /** Evicting the bytes between two multiples of this frees them, whatever is kept around them. */
  long unit();

  private static long whole(long bytes) {
    return Math.ceilDiv(bytes, Accounts.BLOCK) * Accounts.BLOCK;
  }

  /**
   * One file in which holes take no space.
   *
   * @param shrinks whether holes can be punched
   */
  record Sparse(boolean shrinks) implements Footprint {

    @Override
    public long bytes(RangeSet present) {
      return present.allocated(Accounts.BLOCK);
    }

    @Override
    public long growth(RangeSet present, ByteRange added) {
      return present.holes(added).size();
    }

    @Override
    public RangeSet freed(RangeSet gone, RangeSet kept) {
      return shrinks ? touched(gone).minus(touched(kept)) : RangeSet.EMPTY;
    }

    @Override
    public long unit() {
      return Accounts.BLOCK;
    }

    private static RangeSet touched(RangeSet bytes) {
      RangeSet blocks = RangeSet.EMPTY;
      for (ByteRange range : bytes.ranges()) {
        long from = Math.floorDiv(range.start(), Accounts.BLOCK) * Accounts.BLOCK;
        blocks = blocks.plus(new ByteRange(from, whole(range.end())));
      }
      return blocks;
    }
  }

  /**
   * Chunk files, each of which extends from its first byte to the last byte present in it: the file
   * system has filled the holes before that byte with zeros, and the rest is cut off.
   *
   * @param chunk size of a chunk file in bytes: large enough for sendfile, small enough to be
   *     filled with zeros
   * @param base bytes before this offset are in one file created where files could be sparse; it
   *     takes its whole length while it exists, and is evicted as a whole; usually 0
   */
  record Chunked(long chunk, long base) implements Footprint {

    /** The chunk that holds the byte at {@code offset}. */
    long index(long offset) {
      return offset / chunk;
    }

    /** The offset at which the chunk file begins; bytes before the base are not in it. */
    long start(long index) {
      return index * chunk;
    }

    /** The bytes that the chunk holds. */
    ByteRange bounds(long index) {
      return new ByteRange(Math.max(base, start(index)), start(index + 1));
    }

    /** The chunks that hold some of {@code bytes}. */
    Set<Long> touched(RangeSet bytes) {
      Set<Long> indexes = new TreeSet<>();
      for (ByteRange range : behindBase(bytes).ranges()) {
        for (long index = index(range.start()); start(index) < range.end(); index++) {
          indexes.add(index);
        }
      }
      return indexes;
    }

    @Override
    public long bytes(RangeSet present) {
      long bytes = present.nextPresent(0) < base ? whole(base) : 0;
      long counted = -1;
      long countedBytes = 0;
      for (ByteRange range : behindBase(present).ranges()) {
        long first = index(range.start());
        long last = index(range.end() - 1);
        long lastBytes = whole(range.end() - start(last));
        bytes += start(last) - start(first) + lastBytes - (first == counted ? countedBytes : 0);
        counted = last;
        countedBytes = lastBytes;
      }
      return bytes;
    }

    @Override
    public long growth(RangeSet present, ByteRange added) {
      return bytes(present.plus(added)) - bytes(present);
    }

    @Override
    public RangeSet freed(RangeSet gone, RangeSet kept) {
      RangeSet freed = RangeSet.EMPTY;
      for (long index : touched(gone)) {
        ByteRange tail = tail(index, kept);
        freed = gone.presentBefore(tail.end()) > tail.start() ? freed.plus(tail) : freed;
      }
      return freed;
    }

    /** The part of the chunk after the last byte kept, in whole blocks. */
    private ByteRange tail(long index, RangeSet kept) {
      ByteRange bounds = bounds(index);
      long last = kept.presentBefore(bounds.end());
      boolean keepsNone = last <= bounds.start();
      long from = keepsNone ? bounds.start() : Math.min(bounds.end(), whole(last));
      return new ByteRange(from, bounds.end());
    }

    @Override
    public boolean shrinks() {
      return base == 0;
    }

    @Override
    public long unit() {
      return chunk;
    }

    private RangeSet behindBase(RangeSet bytes) {
      return base == 0 ? bytes : bytes.minus(new ByteRange(0, base));
    }
  }
}
