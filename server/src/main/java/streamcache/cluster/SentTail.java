package streamcache.cluster;

/**
 * The last bytes that a player has received, to be compared with what another node sends for the
 * same place. Used by one thread.
 */
final class SentTail {

  /** As many as are compared where a provider's file is joined ({@code OverlapCheck}). */
  static final int MOST = 64 * 1024;

  private final byte[] ring = new byte[MOST];
  private long total;

  void add(byte[] bytes, int from, int count) {
    int skip = Math.max(0, count - MOST);
    for (int at = skip; at < count; ) {
      int place = (int) ((total + at) % MOST);
      int length = Math.min(count - at, MOST - place);
      System.arraycopy(bytes, from + at, ring, place, length);
      at += length;
    }
    total += count;
  }

  /** How many bytes can be compared. */
  int length() {
    return (int) Math.min(total, MOST);
  }

  /**
   * Whether these bytes are equal to those that were sent.
   *
   * @param back where the first of them was sent, counted back from the end; at most {@link
   *     #length}
   */
  boolean isEqual(byte[] bytes, int count, int back) {
    for (int at = 0; at < count; at++) {
      if (bytes[at] != ring[(int) ((total - back + at) % MOST)]) {
        return false;
      }
    }
    return true;
  }
}
