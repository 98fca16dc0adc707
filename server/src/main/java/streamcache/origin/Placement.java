package streamcache.origin;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import streamcache.media.MediaType;

/**
 * Where in the file the body of a 200 or 206 belongs. Bytes stored at a wrong offset corrupt a film
 * for every later viewer, so a head that contradicts itself or the request is rejected.
 *
 * @param start offset of the first body byte
 * @param length number of body bytes; empty if the response does not say
 * @param total length of the whole file; empty if the response does not say
 */
record Placement(long start, OptionalLong length, OptionalLong total) {

  static Placement of(HopResponse answer, Fetch fetch) throws OriginException {
    if (contentType(answer).startsWith("multipart/")) {
      throw broken(answer, "several parts for one range");
    }
    if (isCompressed(answer)) {
      throw broken(answer, "compressed");
    }
    return answer.status() == 206 ? partial(answer, fetch) : whole(answer);
  }

  private static Placement partial(HopResponse answer, Fetch fetch) throws OriginException {
    Optional<String> written = answer.header("Content-Range");
    if (written.isEmpty()) {
      throw broken(answer, "206 without Content-Range");
    }
    Optional<ContentRange> parsed = ContentRange.parse(written.get());
    if (parsed.isEmpty()) {
      throw broken(answer, "invalid Content-Range");
    }
    ContentRange range = parsed.get();
    if (range.start() != fetch.start() || range.end() > fetch.end().orElse(Long.MAX_VALUE)) {
      throw broken(answer, "a different range than requested");
    }
    if (answer.length().orElse(range.length()) != range.length()) {
      throw broken(answer, "Content-Length contradicts Content-Range");
    }
    return new Placement(range.start(), OptionalLong.of(range.length()), range.total());
  }

  private static Placement whole(HopResponse answer) throws OriginException {
    Optional<String> written = answer.header("Content-Range");
    if (written.isPresent()
        && written.flatMap(ContentRange::parse).filter(range -> range.start() == 0).isEmpty()) {
      throw broken(answer, "200 with a Content-Range");
    }
    return new Placement(0, answer.length(), answer.length());
  }

  private static boolean isCompressed(HopResponse answer) {
    return answer.headers("Content-Encoding").stream()
        .map(String::strip)
        .anyMatch(coding -> !coding.isEmpty() && !coding.matches("(?i)identity|none|binary"));
  }

  private static String contentType(HopResponse answer) {
    return answer.header("Content-Type").flatMap(MediaType::essence).orElse("");
  }

  private static OriginException broken(HopResponse answer, String detail) {
    return new OriginException(
        new Failure.Broken(OptionalInt.of(answer.status()), detail), /* cause= */ null);
  }
}
