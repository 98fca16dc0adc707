package streamcache.http;

import streamcache.playback.Request;

/** How the end of a response is marked (RFC 9112 section 6). */
enum Framing {
  /** The status or the method HEAD forbids a body. */
  NO_BODY,
  /** By Content-Length. */
  LENGTH,
  /** By the last chunk, for players that speak HTTP/1.1. */
  CHUNKED,
  /** By the end of the connection, for players that speak HTTP/1.0. */
  UNTIL_CLOSE;

  static Framing of(Request request, int status, boolean hasLength) {
    if (request.method().equals("HEAD") || status == 204 || status == 304) {
      return NO_BODY;
    }
    if (hasLength) {
      return LENGTH;
    }
    return request.http11() ? CHUNKED : UNTIL_CLOSE;
  }
}
