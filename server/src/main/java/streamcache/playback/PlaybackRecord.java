package streamcache.playback;

import java.time.Duration;
import streamcache.link.Link;

/**
 * One playback, told when it is over.
 *
 * @param request as it was received
 * @param link what was asked for
 * @param status the status sent; 0 when the caller answers a refusal
 * @param decided where the bytes came from
 * @param range as answered, such as {@code 0-99/100}; "-" when there was none
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
    Decided decided,
    String range,
    long bytes,
    long fromStore,
    Duration firstByte,
    Duration took,
    Ended ended) {

  /** Names it in logs and answers. */
  public String requestId() {
    return request.id();
  }

  /** GET or HEAD. */
  public String method() {
    return request.method();
  }
}
