package streamcache.playback;

import streamcache.live.Broadcast;

/**
 * The header fields of a broadcast, the same for GET and HEAD. It has no length, no ranges and no
 * validator, and nobody may keep what passes once.
 */
final class BroadcastHeaders {

  private BroadcastHeaders() {}

  /**
   * @param joined whether it was already being received
   */
  static Headers of(Broadcast broadcast, boolean joined) {
    Headers headers = new Headers();
    headers.add("Accept-Ranges", "none");
    broadcast.contentDisposition().ifPresent(name -> headers.add("Content-Disposition", name));
    headers.add("Cache-Control", "no-store");
    headers.add("X-Cache", Decided.PASS.name());
    headers.add("Cache-Status", "Streamcache; fwd=bypass" + (joined ? "; collapsed" : ""));
    headers.add("Content-Type", broadcast.contentType());
    return headers;
  }
}
