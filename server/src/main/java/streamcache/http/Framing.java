package streamcache.http;

import streamcache.playback.Request;

/** How the end of an answer is told (RFC 9112 section 6). */
enum Framing {
  /** The status or HEAD forbids a body. */
  NO_BODY,
  /** Content-Length says it. */
  LENGTH,
  /** Chunks, to players of HTTP/1.1. */
  CHUNKED,
  /** The end of the connection, to players of HTTP/1.0. */
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
