package streamcache.prewarm;

/**
 * How far one title was taken by players since it was first seen. A player reads the index at the
 * end of a file before its first frame, so requests that begin there do not count. One thread.
 */
final class EpisodeView {

  /** A request that begins this close to the end reads the index, or what is left of the film. */
  private static final long END_BYTES = 8L << 20;

  /** Of less than this share a title is only sampled, by a library scan or a thumbnail. */
  private static final int LEAST_SHARE = 20;

  /** Taken by requests that are over. */
  private long taken;

  private boolean isReported;

  /** A request is over. */
  void took(long bytes) {
    taken += bytes;
  }

  /**
   * Whether enough of it was watched, for the first time.
   *
   * @param start where a request began
   * @param position where it is now
   * @param bytes that the request has taken and that are not in {@link #took}
   */
  boolean isReached(long start, long position, long bytes, long total, int share) {
    boolean isFilm = start < Math.max(1, total - END_BYTES) && taken + bytes >= total / LEAST_SHARE;
    boolean isReached = !isReported && isFilm && position >= total / 100.0 * share;
    isReported |= isReached;
    return isReached;
  }
}
