package streamcache.playback;

/** Counts what a playback has sent. Used only by its thread. */
final class Tally {

  private long sent;
  private long fromStore;
  private long firstByteNanos;

  /**
   * @param bytes just sent
   * @param stored how many of them were present when the playback began
   */
  void add(long bytes, long stored) {
    if (firstByteNanos == 0 && bytes > 0) {
      firstByteNanos = System.nanoTime();
    }
    sent += bytes;
    fromStore += stored;
  }

  long sent() {
    return sent;
  }

  long fromStore() {
    return fromStore;
  }

  /** Monotonic time of the first byte; 0 if none was sent. */
  long firstByteNanos() {
    return firstByteNanos;
  }
}
