package streamcache.catalog;

/**
 * A media library that one import fills: a folder of {@code .strm} files for films and episodes,
 * and a playlist for live channels. One thread; each call may block on the disk.
 */
public interface Library extends AutoCloseable {

  /**
   * Gives {@code entry} its place, or keeps what is there if it plays the same. An entry that
   * cannot be written is counted, and the import goes on.
   *
   * @throws LibraryException if no further entry can be written either, for example because the
   *     disk is full
   */
  void write(CatalogEntry entry) throws LibraryException;

  /**
   * Ends the import and, if that was asked for, removes what earlier imports wrote and this one did
   * not mention.
   *
   * @param isComplete whether every entry of the source was given to {@link #write}; otherwise
   *     nothing is removed
   * @throws LibraryException if the playlist or the index cannot be written
   */
  LibrarySummary finish(boolean isComplete) throws LibraryException;

  /** Ends the import where it is; what was written stays, and the next import goes on from it. */
  @Override
  void close();
}
