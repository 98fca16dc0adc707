package streamcache.schedule;

/**
 * How much of a title the provider sends in one response, where that is little: some providers cap
 * their responses, some break each one off after a similar amount. Without a strong validator,
 * stored bytes are fetched again and compared wherever a response begins. Only part of a short
 * response may be spent on that, or it would deliver nothing new. Belongs to a title.
 */
final class AnswerSize {

  /** One part in this many of each response is compared; the rest is new. */
  private static final int COMPARED_PART = 4;

  /**
   * Fewer equal bytes prove too little; a provider with responses too short for that is not worth
   * it.
   */
  static final long LEAST_OVERLAP_BYTES = 4 * 1024;

  /** What is fetched again on either side and compared, if responses are long enough. */
  static final long MOST_OVERLAP_BYTES = 64 * 1024;

  private long overlap = MOST_OVERLAP_BYTES;

  /** A response ended after {@code bytes}, before everything requested had arrived. */
  void endedShort(long bytes) {
    if (bytes > 0) {
      overlap = Math.clamp(bytes / COMPARED_PART, LEAST_OVERLAP_BYTES, MOST_OVERLAP_BYTES);
    }
  }

  /** How many stored bytes are fetched again where a response begins or ends. */
  long overlap() {
    return overlap;
  }
}
