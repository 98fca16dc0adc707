package streamcache.trouble;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.playback.Plan;
import streamcache.playback.Resource;
import streamcache.playback.Unreadable;
import streamcache.range.ByteRange;

/**
 * Answers a request with a video as with any film: by the same rules for ranges and conditions, but
 * to be stored by nobody. Stateless.
 */
final class VideoAnswer {

  private VideoAnswer() {}

  /**
   * @param upstreamStatus what the provider said, for whoever looks at the fields
   */
  static void send(Exchange exchange, Video video, OptionalInt upstreamStatus)
      throws ClientGone, Unreadable {
    Headers headers =
        new Headers()
            .add("Accept-Ranges", "bytes")
            .add("ETag", video.etag())
            .add("Cache-Control", "no-store");
    upstreamStatus.ifPresent(status -> headers.add("X-Upstream-Status", Integer.toString(status)));
    Resource resource =
        new Resource(video.etag(), Optional.empty(), OptionalLong.of(video.length()));
    switch (Plan.of(exchange.request(), resource)) {
      case Plan.NotModified _ -> bare(exchange, 304, headers);
      case Plan.PreconditionFailed _ -> bare(exchange, 412, headers.add("Content-Length", "0"));
      case Plan.Unsatisfiable unsatisfiable ->
          bare(
              exchange,
              416,
              headers
                  .add("Content-Range", "bytes */" + unsatisfiable.total())
                  .add("Content-Length", "0"));
      case Plan.Part part ->
          body(
              exchange,
              206,
              headers.add("Content-Range", contentRange(part.range(), video)),
              video,
              part.range());
      // No player asks for several ranges of a film, and a whole one is an answer to them, too.
      case Plan.Whole _, Plan.Parts _, Plan.Growing _ ->
          body(exchange, 200, headers, video, new ByteRange(0, video.length()));
    }
  }

  private static void bare(Exchange exchange, int status, Headers headers)
      throws ClientGone, Unreadable {
    exchange.head(status, headers);
    exchange.end();
  }

  private static void body(
      Exchange exchange, int status, Headers headers, Video video, ByteRange range)
      throws ClientGone, Unreadable {
    headers
        .add("Content-Type", video.contentType())
        .add("Content-Length", Long.toString(range.length()));
    exchange.head(status, headers);
    if (!exchange.request().method().equals("HEAD")) {
      video.send(exchange, range);
    }
    exchange.end();
  }

  private static String contentRange(ByteRange range, Video video) {
    return "bytes " + range.start() + "-" + (range.end() - 1) + "/" + video.length();
  }
}
