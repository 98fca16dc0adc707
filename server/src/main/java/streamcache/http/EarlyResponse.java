package streamcache.http;

/**
 * A response that the listener sends by itself, without a handler.
 *
 * @param sentence says what was wrong with the request; sent as the body unless the method is HEAD
 * @param forHead whether the request was a HEAD, whose response has no body
 * @param http11 whether the player speaks HTTP/1.1, as far as the request was parsed
 * @param keepAlive whether the connection may be used for another request
 * @param subject what the request was about, as far as it was read
 */
record EarlyResponse(
    int status,
    String sentence,
    boolean forHead,
    boolean http11,
    boolean keepAlive,
    Subject subject)
    implements HeadOutcome {

  /**
   * What decides whether a page may read the response ({@link CrossOrigin}).
   *
   * @param target as received; empty if it was not read
   * @param isFromPublicNetwork whether the request says Access-Control-Request-Private-Network
   */
  record Subject(String target, boolean isFromPublicNetwork) {

    static final Subject UNKNOWN = new Subject("", false);

    /** Without the target, which holds the link. */
    @Override
    public String toString() {
      return "Subject";
    }
  }

  /** The value of {@code Allow}. */
  static final String ALLOWED = "GET, HEAD, OPTIONS";

  /**
   * For a connection whose framing is in doubt or whose sender is refused: respond once and close.
   */
  static EarlyResponse closing(int status, String sentence) {
    return new EarlyResponse(status, sentence, false, true, false, Subject.UNKNOWN);
  }

  /** The same response without a body. */
  EarlyResponse toHead() {
    return new EarlyResponse(status, sentence, /* forHead= */ true, http11, keepAlive, subject);
  }

  /** The same response to a request whose target is known. */
  EarlyResponse about(Subject other) {
    return new EarlyResponse(status, sentence, forHead, http11, keepAlive, other);
  }

  boolean namesAllowed() {
    return status == 405 || status == 204 || status == 501;
  }
}
