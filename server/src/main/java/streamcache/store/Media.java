package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.range.RangeSet;

/**
 * The bytes of one generation on disk: one file, or chunks where files cannot be sparse. Owned by
 * the generation. Methods block on the disk unless stated otherwise, so platform threads only.
 */
sealed interface Media extends AutoCloseable permits MediaFile, MediaChunks {

  /** One reader's view of the bytes. Used by one thread, which may be virtual. */
  interface View extends AutoCloseable {

    /**
     * The location of the bytes from {@code from} on, up to {@code to} or the end of a file,
     * whichever comes first. Valid until the next call. Empty if the file cannot be opened, so that
     * the bytes are lost.
     */
    Optional<Extent> extent(long from, long to);

    /** The end of the file that holds the byte at {@code from}, but at most {@code to}. */
    long reach(long from, long to);

    /** Invalidates the extent returned last. */
    @Override
    void close();
  }

  /** Cheap; does not touch the disk. */
  View view();

  void write(ByteBuffer data, long position) throws IOException;

  /** Makes {@code bytes}, and everything written by this process, survive a power cut. */
  void sync(RangeSet bytes) throws IOException;

  /**
   * Makes the names of its files survive a power cut, except names in the folder of the sidecar.
   */
  void syncNames() throws IOException;

  /** Gives ranges that hold no present byte back to the disk; the title's writer lock is held. */
  void release(RangeSet stretches) throws IOException;

  /**
   * The part of {@code present} that is not on disk because its file was truncated or deleted.
   * Includes the part of {@code durable} that lies in a hole, if the file system reports holes
   * reliably.
   */
  RangeSet missing(RangeSet present, RangeSet durable) throws IOException;

  /** How present bytes take space in this media; for any thread. */
  Footprint footprint();

  /** Whether somebody deleted its file, so that none of its bytes can be found again. */
  boolean isGone();

  /** The space that it really takes on disk, in bytes; empty if that cannot be determined. */
  OptionalLong allocated() throws IOException;

  /** The offset after the last byte that could be on disk. */
  long span() throws IOException;

  /** Whether it is marked as complete, a single file by its name; for any thread. */
  boolean isSealed();

  /** Whether the name of a complete file is free; another file may have taken it. */
  boolean maySeal();

  /** Marks it as complete; a new name survives a power cut. The title's writer lock is held. */
  void seal() throws IOException;

  /** Removes the mark, since bytes are about to be evicted; the title's writer lock is held. */
  void unseal() throws IOException;

  /** How many names its file has: with more than one, evicting a part would damage the others. */
  int names();

  /** Whether {@code file} is another name of its file. */
  boolean isAt(Path file);

  /**
   * Moves to {@code place} if it can, to free its names for a newer generation; open files stay
   * open.
   *
   * @return whether it is at {@code place} now
   */
  boolean shelve(Path place) throws IOException;

  /** Closes and deletes all its files. */
  void delete() throws IOException;

  @Override
  void close() throws IOException;
}
