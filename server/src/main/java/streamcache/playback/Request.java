package streamcache.playback;

import java.net.InetAddress;

/**
 * A player's request, already found well-formed.
 *
 * @param id names the request in logs, headers and pages
 * @param method upper-case method token
 * @param target path and query as written, without scheme, authority and the path of BASE_URL;
 *     begins with a slash
 * @param headers as received
 * @param http11 whether the player speaks HTTP/1.1 (else 1.0)
 * @param peer who connected
 */
public record Request(
    String id, String method, String target, Headers headers, boolean http11, InetAddress peer) {

  /** Without the target, which holds the link. */
  @Override
  public String toString() {
    return "Request[" + id + " " + method + "]";
  }
}
