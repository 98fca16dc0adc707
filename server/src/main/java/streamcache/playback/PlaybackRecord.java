package streamcache.playback;

import java.time.Duration;
import java.util.Optional;
import streamcache.link.Link;

/**
 * One playback, reported when it has ended.
 *
 * @param request as it was received
 * @param link the link of the title
 * @param status the status sent; 0 if none was sent
 * @param decided where the bytes came from; empty when it ended before that was known
 * @param range as sent, such as {@code bytes 0-99/100}; "several" for more than one; "-" when there
 *     was none
 * @param bytes body bytes of the title sent
 * @param fromStore how many of them were present when the playback began
 * @param firstByte from the request to its first body byte, or to its end without one
 * @param took from the request to its end
 * @param ended how it ended
 */
public record PlaybackRecord(
    Request request,
    Link link,
    int status,
    Optional<Decided> decided,
    String range,
    long bytes,
    long fromStore,
    Duration firstByte,
    Duration took,
    Ended ended) {

  PlaybackRecord withStatus(int sent) {
    return new PlaybackRecord(
        request, link, sent, decided, range, bytes, fromStore, firstByte, took, ended);
  }

  /** Identifies the playback in logs and responses. */
  public String requestId() {
    return request.id();
  }

  /** GET or HEAD. */
  public String method() {
    return request.method();
  }
}
