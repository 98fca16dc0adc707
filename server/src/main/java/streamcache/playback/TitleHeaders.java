package streamcache.playback;

import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import streamcache.range.ByteRange;
import streamcache.store.Generation;

/**
 * The header fields of a response: the same for GET, HEAD, 206 and 304 (RFC 9110 section 15.4.5).
 */
final class TitleHeaders {

  private final Request request;
  private final Generation generation;
  private final Decided decided;
  private final InstantSource clock;

  TitleHeaders(Request request, Generation generation, Decided decided, InstantSource clock) {
    this.request = request;
    this.generation = generation;
    this.decided = decided;
    this.clock = clock;
  }

  /** All fields that do not depend on a range. */
  Headers common() {
    long age = generation.facts().response().age() + Math.max(0, now() - generation.begun());
    return start().add("Age", Long.toString(age));
  }

  /** Responses from the store are made by the thousand a second, and share nearly all fields. */
  private Headers start() {
    return decided == Decided.HIT && generation.isComplete()
        ? new Headers(generation.attachment(SharedFields.class, () -> new SharedFields(fixed())))
        : fixed();
  }

  private Headers fixed() {
    Headers headers = new Headers();
    // ffmpeg takes the total of "a-b/*" for 0: offered ranges, it would look for an index at the
    // end
    // and then take the whole file for empty.
    if (generation.total().isPresent()) {
      headers.add("Accept-Ranges", "bytes");
    }
    headers.add("ETag", generation.etag());
    generation.facts().lastModified().ifPresent(date -> headers.add("Last-Modified", date));
    generation
        .facts()
        .contentDisposition()
        .ifPresent(disposition -> headers.add("Content-Disposition", disposition));
    headers.add("Cache-Control", "private, no-cache");
    headers.add("X-Cache", decided.name());
    headers.add("Cache-Status", cacheStatus());
    return headers;
  }

  Headers whole() {
    Headers headers = common().add("Content-Type", generation.facts().contentType());
    OptionalLong total = generation.total();
    if (total.isPresent()) {
      headers.add("Content-Length", Long.toString(total.getAsLong()));
    }
    return withDlna(headers);
  }

  Headers part(ByteRange range) {
    return withDlna(
        common()
            .add("Content-Type", generation.facts().contentType())
            .add("Content-Range", contentRange(range))
            .add("Content-Length", Long.toString(range.length())));
  }

  Headers parts(Multipart multipart) {
    return withDlna(
        common()
            .add("Content-Type", multipart.contentType())
            .add("Content-Length", Long.toString(multipart.length())));
  }

  /** Where the provider has no ranges, a seek waits for the download up to there. */
  private Headers withDlna(Headers headers) {
    if (Dlna.concerns(request)) {
      boolean isSeekable =
          generation.isComplete()
              || (generation.total().isPresent() && generation.facts().response().hasRanges());
      Dlna.answer(request, headers, isSeekable);
    }
    return headers;
  }

  Headers preconditionFailed() {
    return common().add("Content-Length", "0");
  }

  Headers unsatisfiable(long total) {
    return common().add("Content-Range", "bytes */" + total).add("Content-Length", "0");
  }

  Multipart multipart(List<ByteRange> ranges) {
    return new Multipart(
        ranges, generation.facts().contentType(), generation.total().orElseThrow());
  }

  private String contentRange(ByteRange range) {
    OptionalLong total = generation.total();
    return "bytes "
        + range.start()
        + "-"
        + (range.end() - 1)
        + "/"
        + (total.isPresent() ? Long.toString(total.getAsLong()) : "*");
  }

  /** RFC 9211; without the key, which would identify the title to anyone who sees the response. */
  private String cacheStatus() {
    return switch (decided) {
      case HIT -> "Streamcache; hit";
      case FOLLOW -> "Streamcache; fwd=partial; collapsed; stored";
      case MISS -> "Streamcache; fwd=uri-miss; stored";
      case PASS, LIVE -> "Streamcache; fwd=bypass";
    };
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }
}
