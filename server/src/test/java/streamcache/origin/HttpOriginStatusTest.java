package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

class HttpOriginStatusTest {

  private static final long LENGTH = 300_000;

  private final Content film = Content.of(3, LENGTH);
  private final ScriptedOrigin provider = ScriptedOrigin.start();
  private final HttpOrigin origin = Fetches.origin();
  private final String url = provider.url("/f");

  @AfterEach
  void closeAll() {
    origin.close();
    provider.close();
  }

  @ParameterizedTest
  @CsvSource({
    "404, Gone", "410, Gone", "401, Denied", "403, Denied", "429, Limit", "458, Limit",
    "459, Limit", "461, Limit", "509, Limit", "503, Busy", "400, Broken", "405, Broken",
    "500, Broken", "502, Broken", "504, Broken", "204, Broken", "205, Broken", "304, Broken",
    "300, Broken", "202, Busy", "425, Busy"
  })
  void open_status_isThatFailure(int status, String failure) {
    provider.serve("/f", Script.status(status));
    Failure found = Fetches.failure(origin, Fetches.whole(url));
    assertThat(found.getClass().getSimpleName()).isEqualTo(failure);
    assertThat(found.upstreamStatus()).hasValue(status);
    provider.awaitConnections(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503, 202, 425})
  void open_retryAfter_told(int status) {
    provider.serve("/f", Script.status(status).header("Retry-After", "7"));
    assertThat(Fetches.failure(origin, Fetches.whole(url)).retryAfter())
        .contains(Duration.ofSeconds(7));
  }

  /** The provider's clock counts: it may be hours from this machine's. */
  @Test
  void open_retryAfterADate_countsFromTheDateOfTheAnswer() {
    provider.serve(
        "/f",
        Script.status(503)
            .header("Date", "Sun, 01 Mar 2020 00:00:00 GMT")
            .header("Retry-After", "Sun, 01 Mar 2020 00:00:07 GMT"));
    assertThat(Fetches.failure(origin, Fetches.whole(url)).retryAfter())
        .contains(Duration.ofSeconds(7));
  }

  @Test
  void open_rangeBehindTheEnd_totalTold() {
    provider.serve("/f", Script.status(416).header("Content-Range", "bytes */" + LENGTH));
    assertThat(Fetches.failure(origin, Fetches.from(url, LENGTH)))
        .isEqualTo(
            new Failure.OutOfRange(
                OptionalInt.of(416), "no byte at that offset", OptionalLong.of(LENGTH)));
    assertThat(Fetches.failure(origin, Fetches.from(url, 5))).isInstanceOf(Failure.Broken.class);
  }

  /** Found by hand: a player that had requested no range received a 416. */
  @Test
  void open_416OfAnEmptyFile_isNoFilm() {
    provider.serve("/f", Script.status(416).header("Content-Range", "bytes */0"));

    assertThat(Fetches.failure(origin, Fetches.whole(url)))
        .isEqualTo(new Failure.Fake(OptionalInt.of(416), "empty"));
  }

  @Test
  void open_416WithoutTotal_outOfRangeUnlessFromTheStart() {
    provider.serve("/f", Script.status(416));
    assertThat(Fetches.failure(origin, Fetches.from(url, 5)))
        .isInstanceOf(Failure.OutOfRange.class);
    assertThat(Fetches.failure(origin, Fetches.whole(url))).isInstanceOf(Failure.Broken.class);
  }

  @Test
  void open_fromZero_rangeIsAskedAndLearned() throws OriginException {
    provider.serve("/f", Script.of(film).header("Content-Disposition", "attachment"));
    try (Upstream upstream = origin.open(Fetches.whole(url))) {
      assertThat(upstream.facts())
          .isEqualTo(
              new Facts(
                  OptionalLong.of(LENGTH),
                  Optional.of("\"v1\""),
                  Optional.of("Thu, 01 Jan 2026 00:00:00 GMT"),
                  Optional.of("video/x-matroska"),
                  Optional.of("attachment"),
                  true,
                  "127.0.0.1"));
      assertThat(upstream.length()).hasValue(LENGTH);
      film.check(0, Fetches.drain(upstream));
    }
    assertThat(provider.requests("/f").getFirst().range()).contains("bytes=0-");
  }

  @Test
  void open_range_exactBytesAndIfRange() throws OriginException {
    provider.serve("/f", Script.of(film));
    Fetch fetch =
        new Fetch(
            Fetches.range(url, 0, 1).link(),
            100,
            OptionalLong.of(200),
            Optional.of("\"v1\""),
            Map.of(),
            /* isTrusted= */ true);
    try (Upstream upstream = origin.open(fetch)) {
      assertThat(upstream.start()).isEqualTo(100);
      assertThat(upstream.length()).hasValue(100);
      assertThat(upstream.facts().total()).hasValue(LENGTH);
      byte[] body = Fetches.drain(upstream);
      assertThat(body).hasSize(100);
      film.check(100, body);
    }
    assertThat(provider.requests("/f").getFirst().range()).contains("bytes=100-199");
    assertThat(provider.requests("/f").getFirst().header("If-Range")).contains("\"v1\"");
  }

  @Test
  void open_rangesIgnored_wholeFromZero() throws OriginException {
    provider.serve("/f", Script.of(film).ranges(Script.Ranges.UNKNOWN));
    try (Upstream upstream = origin.open(Fetches.from(url, 1000))) {
      assertThat(upstream.start()).isZero();
      assertThat(upstream.length()).hasValue(LENGTH);
      assertThat(upstream.facts().ranges()).isFalse();
      film.check(0, Fetches.drain(upstream));
    }
  }

  @ParameterizedTest
  @CsvSource({"CHUNKED", "CLOSE"})
  void open_wholeWithoutLength_totalUnknownUntilTheCleanEnd(Script.Framing framing)
      throws OriginException {
    provider.serve("/f", Script.of(film).ranges(Script.Ranges.UNKNOWN).framing(framing));
    try (Upstream upstream = origin.open(Fetches.whole(url))) {
      assertThat(upstream.length()).isEmpty();
      assertThat(upstream.facts().total()).isEmpty();
      byte[] body = Fetches.drain(upstream);
      assertThat(body).hasSize((int) LENGTH);
      film.check(0, body);
    }
  }

  @ParameterizedTest
  @CsvSource({"CHUNKED", "CLOSE"})
  void open_rangeWithoutContentLength_lengthFromContentRange(Script.Framing framing)
      throws OriginException {
    provider.serve("/f", Script.of(film).framing(framing).totalUnknown());
    try (Upstream upstream = origin.open(Fetches.from(url, 1000))) {
      assertThat(upstream.length()).hasValue(LENGTH - 1000);
      assertThat(upstream.facts().total()).isEmpty();
      film.check(1000, Fetches.drain(upstream));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 1001-299999/300000",
        "bytes 999-299999/300000",
        "bytes 0-299999/300000",
        "bytes 1000-/300000",
        "nonsense",
        "bytes 1000-1999/300000",
        "bytes 1000-299997/300000",
        "bytes 1000-299999/200000",
        "bytes */300000"
      })
  void open_wrongContentRange_broken(String written) {
    provider.serve("/f", Script.of(film).header("Content-Range", written));
    assertThat(Fetches.failure(origin, Fetches.from(url, 1000))).isInstanceOf(Failure.Broken.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes 1000-300000/300000", "bytes 1000-299998/300000", "bytes=1000-299999/*"})
  void open_contentRangeWithAnotherEnd_lengthFromContentLength(String written)
      throws OriginException {
    provider.serve("/f", Script.of(film).header("Content-Range", written));
    try (Upstream upstream = origin.open(Fetches.from(url, 1000))) {
      assertThat(upstream.length()).hasValue(LENGTH - 1000);
      film.check(1000, Fetches.drain(upstream));
    }
  }

  /** An open range from the start can only be answered with the whole. */
  @Test
  void open_noContentRangeForTheWhole_isTheWhole() throws OriginException {
    provider.serve("/f", Script.of(film).without("Content-Range"));
    try (Upstream upstream = origin.open(Fetches.whole(url))) {
      assertThat(upstream.facts().total()).hasValue(LENGTH);
      film.check(0, Fetches.drain(upstream));
    }
  }

  /** Its length is what was requested; only a comparison can show that its place is, too. */
  @ParameterizedTest
  @CsvSource({
    "1000, 300000, true, 300000",
    "1000, 2000, false, -1",
    "299000, 300000, true, 300000",
  })
  void open_noContentRange_placedAsRequestedAndMarked(
      long start, long end, boolean isOpen, long total) throws OriginException {
    provider.serve("/f", Script.of(film).without("Content-Range"));
    Fetch fetch = isOpen ? Fetches.from(url, start) : Fetches.range(url, start, end);
    try (Upstream upstream = origin.open(fetch)) {
      assertThat(upstream.start()).isEqualTo(start);
      assertThat(upstream.length()).hasValue(end - start);
      assertThat(upstream.facts().isPlaced()).isFalse();
      assertThat(upstream.facts().total().orElse(-1)).isEqualTo(total);
    }
  }

  /** The length comes with the whole, of which no more is read. */
  @Test
  void open_noContentRangeForTheBeginning_totalFromTheWhole() throws OriginException {
    provider.serve("/f", Script.of(film).without("Content-Range"));
    try (Upstream upstream = origin.open(Fetches.range(url, 0, 2000))) {
      assertThat(upstream.facts().total()).hasValue(LENGTH);
      assertThat(upstream.length()).hasValue(2000);
      byte[] body = Fetches.drain(upstream);
      assertThat(body).hasSize(2000);
      film.check(0, body);
      assertThat(upstream.isSpent()).as("cut").isFalse();
    }
    assertThat(provider.requests("/f"))
        .extracting(each -> each.range().orElse(""))
        .containsExactly("bytes=0-1999", "bytes=0-");
    assertThat(provider.totalConnections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 500, 999})
  void open_noContentRangeAndAnotherLength_broken(long cap) {
    provider.serve("/f", Script.of(film).without("Content-Range").cap(cap));
    for (long start : new long[] {0, 1000}) {
      Failure failure = Fetches.failure(origin, Fetches.range(url, start, start + 1000));
      assertThat(failure.detail()).startsWith("206 without Content-Range");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1000, 299_000})
  void open_partCalledWhole_placedAsRequestedAndMarked(long start) throws OriginException {
    provider.serve("/f", calledWhole(Script.of(film)));
    try (Upstream upstream = origin.open(Fetches.range(url, start, start + 1000))) {
      assertThat(upstream.start()).isEqualTo(start);
      assertThat(upstream.length()).hasValue(1000);
      assertThat(upstream.facts().total()).hasValue(LENGTH);
      assertThat(upstream.facts().isPlaced()).isFalse();
    }
  }

  /** Not what was requested, or of no length that confirms it. */
  @Test
  void open_partCalledWhole_otherPlaceOrNoLength_broken() {
    provider.serve("/f", calledWhole(Script.of(film).rangeOff(10)));
    assertThat(Fetches.failure(origin, Fetches.range(url, 1000, 2000)).detail())
        .isEqualTo("200 with the Content-Range of a part");
    provider.serve("/f", calledWhole(Script.of(film).framing(Script.Framing.CHUNKED)));
    assertThat(Fetches.failure(origin, Fetches.range(url, 1000, 2000)).detail())
        .isEqualTo("200 with the Content-Range of a part");
  }

  private static Script calledWhole(Script script) {
    return script.rawHead(head -> head.replace("HTTP/1.1 206", "HTTP/1.1 200"));
  }

  @Test
  void open_multipart_broken() {
    provider.serve("/f", Script.of(film).type("multipart/byteranges; boundary=x"));
    assertThat(Fetches.failure(origin, Fetches.whole(url))).isInstanceOf(Failure.Broken.class);
  }

  @Test
  void open_compressed_broken() {
    provider.serve("/f", Script.of(film).header("Content-Encoding", "gzip"));
    assertThat(Fetches.failure(origin, Fetches.whole(url)).detail()).isEqualTo("compressed");
  }

  @Test
  void open_identityEncoding_accepted() throws OriginException {
    provider.serve("/f", Script.of(film).header("Content-Encoding", "identity"));
    origin.open(Fetches.whole(url)).close();
  }

  @Test
  void open_weakValidator_notTold() throws OriginException {
    provider.serve("/f", Script.of(film).etag("W/\"v1\""));
    try (Upstream upstream = origin.open(Fetches.whole(url))) {
      assertThat(upstream.facts().strongValidator()).isEmpty();
    }
  }
}
