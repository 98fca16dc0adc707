package streamcache.http;

/**
 * An answer that the listener gives by itself, without a handler.
 *
 * @param sentence says what was wrong with the request; sent as the body unless the method is HEAD
 * @param forHead whether the request was a HEAD, whose answer has no body
 * @param http11 whether the player speaks HTTP/1.1, as far as was understood
 * @param keepAlive whether the next request on the connection can still be trusted
 */
record Refusal(int status, String sentence, boolean forHead, boolean http11, boolean keepAlive)
    implements HeadOutcome {

  /** What stands in {@code Allow}. */
  static final String ALLOWED = "GET, HEAD, OPTIONS";

  /** The framing of the connection is in doubt or the sender is refused: say so once and close. */
  static Refusal closing(int status, String sentence) {
    return new Refusal(status, sentence, false, true, false);
  }

  /** The same, without a body. */
  Refusal toHead() {
    return new Refusal(status, sentence, /* forHead= */ true, http11, keepAlive);
  }

  boolean namesAllowed() {
    return status == 405 || status == 204 || status == 501;
  }
}
