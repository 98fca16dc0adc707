package streamcache.origin;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import streamcache.media.MediaType;

/**
 * Where in the file the body of a good response belongs. Bytes stored at a wrong offset corrupt a
 * film for every later viewer, so a head whose statements do not agree with the request and with
 * each other is rejected; how they are written does not matter.
 *
 * @param start offset of the first body byte
 * @param length number of body bytes; empty if the response does not say
 * @param total length of the whole file; empty if the response does not say
 * @param isStated whether it is the whole, or a 206 whose Content-Range states its place. If not,
 *     it is where it was requested, for all its head says, and its bytes must be compared
 */
record Placement(long start, OptionalLong length, OptionalLong total, boolean isStated) {

  /** Content-Range and Content-Length may differ by this much: some servers count the end wrong. */
  private static final long OFF_BY_ONE = 1;

  /**
   * Codings that change bytes. Other values of Content-Encoding describe none: {@code identity},
   * but also {@code utf-8}, {@code 7bit} or {@code aws-chunked} (public report b05).
   */
  private static final Pattern REAL_CODING =
      Pattern.compile(
          "(?i)(?:x-)?(?:gzip|compress|deflate|br|brotli|zstd|bzip2|bzip|xz|lzma|lz4|exi|dcb|dcz"
              + "|pack200-gzip|snappy)");

  static Placement of(HopResponse answer, Fetch fetch) throws OriginException {
    if (contentType(answer).startsWith("multipart/")) {
      throw broken(answer, "several parts for one range");
    }
    if (isCompressed(answer)) {
      throw broken(answer, "compressed");
    }
    return answer.status() == 206 ? partial(answer, fetch) : whole(answer, fetch);
  }

  private static Placement partial(HopResponse answer, Fetch fetch) throws OriginException {
    Optional<String> written = answer.header("Content-Range");
    Optional<ContentRange> stated = written.flatMap(ContentRange::parse);
    if (stated.isPresent()) {
      return stated(answer, fetch, stated.get());
    }
    // Without a place, an open range from the start can only be what it requests: the whole.
    boolean isWhole = fetch.expectedStart() == 0 && fetch.end().isEmpty();
    if (answer.length().isPresent() && (written.isEmpty() || isWhole)) {
      return unstated(answer, fetch, answer.length().getAsLong());
    }
    throw broken(answer, written.isEmpty() ? "206 without Content-Range" : "invalid Content-Range");
  }

  /**
   * A 206 that does not state its place (public report b07). Its length must be what was requested;
   * for an open range that is the rest of the file, which states the total.
   */
  private static Placement unstated(HopResponse answer, Fetch fetch, long length)
      throws OriginException {
    long start = fetch.expectedStart();
    boolean isOpen = fetch.end().isEmpty() || !fetch.sendsRange();
    if (!isOpen && length != fetch.end().getAsLong() - start) {
      throw broken(answer, "206 without Content-Range, of another length than requested");
    }
    OptionalLong total = isOpen ? OptionalLong.of(start + length) : OptionalLong.empty();
    return new Placement(start, OptionalLong.of(length), total, /* isStated= */ start == 0);
  }

  private static Placement stated(HopResponse answer, Fetch fetch, ContentRange range)
      throws OriginException {
    if (range.start() != fetch.expectedStart()) {
      throw broken(answer, "a different range than requested");
    }
    long length = answer.length().orElse(range.length());
    if (Math.abs(length - range.length()) > OFF_BY_ONE) {
      throw broken(answer, "Content-Length contradicts Content-Range");
    }
    boolean isPossible = range.total().orElse(Long.MAX_VALUE) >= range.start() + length;
    return new Placement(
        range.start(),
        OptionalLong.of(length),
        isPossible ? range.total() : OptionalLong.empty(),
        /* isStated= */ true);
  }

  /**
   * RFC 9110 section 14.4 gives Content-Range no meaning in a 200. It is considered only where it
   * states a part whose length Content-Length confirms: such a response is not the whole file
   * (public report b09). It is taken for the requested part only if it says so.
   */
  private static Placement whole(HopResponse answer, Fetch fetch) throws OriginException {
    OptionalLong length = answer.length();
    Optional<ContentRange> part =
        answer
            .header("Content-Range")
            .flatMap(ContentRange::parse)
            .filter(range -> range.length() == length.orElse(range.length()))
            .filter(range -> isPart(range, fetch));
    if (part.isEmpty()) {
      return new Placement(0, length, length, /* isStated= */ true);
    }
    long start = part.get().start();
    if (length.isEmpty() || start != fetch.expectedStart()) {
      throw broken(answer, "200 with the Content-Range of a part");
    }
    return new Placement(start, length, part.get().total(), /* isStated= */ start == 0);
  }

  private static boolean isPart(ContentRange range, Fetch fetch) {
    return range.total().isPresent()
        ? range.length() < range.total().getAsLong()
        : range.start() > 0 || OptionalLong.of(range.length()).equals(fetch.requestedLength());
  }

  private static boolean isCompressed(HopResponse answer) {
    return answer.headers("Content-Encoding").stream()
        .flatMap(Pattern.compile(",")::splitAsStream)
        .anyMatch(coding -> REAL_CODING.matcher(coding.strip()).matches());
  }

  private static String contentType(HopResponse answer) {
    return answer.header("Content-Type").flatMap(MediaType::essence).orElse("");
  }

  private static OriginException broken(HopResponse answer, String detail) {
    return new OriginException(
        new Failure.Broken(OptionalInt.of(answer.status()), detail), /* cause= */ null);
  }
}
