package streamcache.http;

import streamcache.playback.Headers;

/**
 * A request head that passed every rule of {@link HeadRules}, and its body once that was read.
 *
 * @param target path and query, without scheme and authority
 * @param keepAlive whether the player wants the connection kept open
 * @param bodyLength bytes of the body, which follows the head
 * @param body read as UTF-8; empty until it was read
 */
record RequestHead(
    String method,
    String target,
    Headers headers,
    boolean http11,
    boolean keepAlive,
    int bodyLength,
    String body)
    implements HeadOutcome {

  RequestHead(String method, String target, Headers headers, boolean http11, boolean keepAlive) {
    this(method, target, headers, http11, keepAlive, /* bodyLength= */ 0, /* body= */ "");
  }

  RequestHead withBody(String read) {
    return new RequestHead(method, target, headers, http11, keepAlive, bodyLength, read);
  }

  /** Without the target, which holds the link. */
  @Override
  public String toString() {
    return "Head[" + method + "]";
  }
}
