package streamcache.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.range.RangeSet;

/**
 * The bytes of one generation on disk: one file, or chunks where files cannot be sparse. Owned by
 * the generation; blocks on the disk, so platform threads only, unless said otherwise.
 */
sealed interface Media extends AutoCloseable permits MediaFile, MediaChunks {

  /** One reader's look at the bytes. Used by one thread; safe on a virtual one. */
  interface View extends AutoCloseable {

    /**
     * Where the bytes from {@code from} on lie; ends at {@code to} at the latest, or with a file.
     * Valid until the next call. Empty when the file cannot be opened, so that they are lost.
     */
    Optional<Extent> extent(long from, long to);

    /** Where the file ends that holds the byte at {@code from}, at {@code to} at the latest. */
    long reach(long from, long to);

    /** Ends the extent given last. */
    @Override
    void close();
  }

  /** Cheap; touches no disk. */
  View view();

  void write(ByteBuffer data, long position) throws IOException;

  /** Makes {@code bytes}, and whatever was written by this process, survive a power cut. */
  void sync(RangeSet bytes) throws IOException;

  /**
   * Makes the names of its files survive a power cut, the one that the sidecar lies beside aside.
   */
  void syncNames() throws IOException;

  /** Gives stretches back to the disk that hold no present byte; the title's pen is held. */
  void release(RangeSet stretches) throws IOException;

  /**
   * What of {@code present} is not on disk: its file was cut off or deleted. Of {@code durable}
   * also what lies in a hole, where the file system leaves no doubt about holes.
   */
  RangeSet missing(RangeSet present, RangeSet durable) throws IOException;

  /** What present bytes take here; for any thread. */
  Footprint footprint();

  /** Whether its file was deleted by somebody, so that nothing of it will be found again. */
  boolean isGone();

  /** What it really takes on disk, in bytes; empty when that cannot be told. */
  OptionalLong allocated() throws IOException;

  /** The offset behind the last byte that could be on disk. */
  long span() throws IOException;

  /** Whether people are told by the name that every byte is there; for any thread. */
  boolean isSealed();

  /** Tells so, for good; the title's pen is held. */
  void seal() throws IOException;

  /** Takes it back, since bytes are about to go; the title's pen is held. */
  void unseal() throws IOException;

  /** Whether it has a second name: giving up a part would damage what somebody kept. */
  boolean isKept();

  /** Leaves its names to a newer generation if it needs them; what is open stays open. */
  void shelve(Path place) throws IOException;

  /** Closes and deletes all of it. */
  void delete() throws IOException;

  @Override
  void close() throws IOException;
}
