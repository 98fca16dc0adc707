package streamcache.http;

import streamcache.playback.Headers;

/**
 * A request head that passed every rule of {@link HeadRules}.
 *
 * @param target path and query, without scheme and authority
 * @param keepAlive whether the player wants the connection kept open
 */
record RequestHead(String method, String target, Headers headers, boolean http11, boolean keepAlive)
    implements HeadOutcome {

  /** Without the target, which holds the link. */
  @Override
  public String toString() {
    return "Head[" + method + "]";
  }
}
