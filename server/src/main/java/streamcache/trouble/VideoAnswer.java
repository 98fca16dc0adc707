package streamcache.trouble;

import java.util.OptionalInt;
import streamcache.playback.ClientGone;
import streamcache.playback.Dlna;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.playback.Plan;
import streamcache.playback.Resource;
import streamcache.playback.Unreadable;
import streamcache.range.ByteRange;

/**
 * Responds to a request with a video, by the same rules for ranges and conditions as for any title,
 * but never to be stored. Stateless.
 */
final class VideoAnswer {

  private VideoAnswer() {}

  /**
   * @param upstreamStatus the provider's status, for anyone who reads the header fields
   * @param isRead called before the player can have the whole response: once it has, its next
   *     request may already be on its way
   */
  static void send(Exchange exchange, Video video, OptionalInt upstreamStatus, Runnable isRead)
      throws ClientGone, Unreadable {
    Headers headers =
        new Headers()
            .add("Accept-Ranges", "bytes")
            .add("ETag", video.etag())
            .add("Cache-Control", "no-store");
    upstreamStatus.ifPresent(status -> headers.add("X-Upstream-Status", Integer.toString(status)));
    Resource resource = Resource.undated(video.etag(), video.length());
    switch (Plan.of(exchange.request(), resource)) {
      case Plan.NotModified _ -> bare(exchange, 304, headers, isRead);
      case Plan.PreconditionFailed _ ->
          bare(exchange, 412, headers.add("Content-Length", "0"), isRead);
      case Plan.Unsatisfiable unsatisfiable ->
          bare(
              exchange,
              416,
              headers
                  .add("Content-Range", "bytes */" + unsatisfiable.total())
                  .add("Content-Length", "0"),
              isRead);
      case Plan.Part part -> {
        headers.add("Content-Range", contentRange(part.range(), video));
        exchange.head(206, described(exchange, headers, video, part.range()));
        body(exchange, video, part.range(), isRead);
      }
      // No player asks for several ranges of a video, and the whole one is a valid response too.
      case Plan.Whole _, Plan.Parts _, Plan.Growing _ -> {
        ByteRange whole = new ByteRange(0, video.length());
        if (exchange.request().method().equals("HEAD")) {
          bare(exchange, 200, described(exchange, headers, video, whole), isRead);
        } else {
          exchange.head(200, described(exchange, headers, video, whole));
          body(exchange, video, whole, isRead);
        }
      }
    }
  }

  private static Headers described(
      Exchange exchange, Headers headers, Video video, ByteRange range) {
    headers
        .add("Content-Type", video.contentType())
        .add("Content-Length", Long.toString(range.length()));
    Dlna.answer(exchange.request(), headers, /* isSeekable= */ true);
    return headers;
  }

  private static void bare(Exchange exchange, int status, Headers headers, Runnable isRead)
      throws ClientGone, Unreadable {
    isRead.run();
    exchange.head(status, headers);
    exchange.end();
  }

  private static void body(Exchange exchange, Video video, ByteRange range, Runnable isRead)
      throws ClientGone, Unreadable {
    long last = range.end() - 1;
    video.send(exchange, new ByteRange(range.start(), last));
    isRead.run();
    video.send(exchange, new ByteRange(last, range.end()));
    exchange.end();
  }

  private static String contentRange(ByteRange range, Video video) {
    return "bytes " + range.start() + "-" + (range.end() - 1) + "/" + video.length();
  }
}
