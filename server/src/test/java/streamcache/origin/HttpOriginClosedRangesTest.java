package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamcache.testkit.Content;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** A provider that gets closed ranges only (RANGE_SIZE). */
final class HttpOriginClosedRangesTest {

  private static final long MIB = 1 << 20;

  private final Content film = Content.of(8, 3 * MIB + 77);
  private final ScriptedOrigin provider = ScriptedOrigin.start();
  private final HttpOrigin origin = Fetches.closedRanges(MIB);

  @AfterEach
  void closeAll() {
    origin.close();
    provider.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3145805, 4",
    "1, 3145805, 4",
    "1048576, 3145805, 3",
    "3145728, 3145805, 1",
    "0, 1048576, 1",
    "0, 1048577, 2",
    "2000000, 2000100, 1",
  })
  void open_anyRange_closedRangesOverOneConnection(long start, long end, int requests)
      throws OriginException {
    provider.serve("/f", Script.of(film).etag("\"one\""));
    Fetch fetch = Fetches.range(provider.url("/f"), start, end);
    Fetch asked = end == film.length() ? Fetches.from(provider.url("/f"), start) : fetch;
    try (Upstream upstream = origin.open(asked)) {
      assertThat(upstream.start()).isEqualTo(start);
      assertThat(upstream.length()).hasValue(end - start);
      film.check(start, Fetches.drain(upstream));
      assertThat(upstream.isSpent()).isTrue();
    }
    List<String> expected = new ArrayList<>();
    for (long from = start; from < end; from += MIB) {
      boolean isFirst = from == start;
      long until = Math.min(from + MIB, isFirst && asked.end().isEmpty() ? Long.MAX_VALUE : end);
      expected.add("bytes=" + from + "-" + (until - 1));
    }
    assertThat(provider.requests("/f").stream().map(r -> r.range().orElse("")))
        .containsExactlyElementsOf(expected)
        .hasSize(requests);
    assertThat(provider.totalConnections()).isEqualTo(1);
  }

  /** Without a strong validator the parts are compared where they meet. */
  @Test
  void open_noEtag_partsOverlapAndAreCompared() throws OriginException {
    provider.serve("/f", Script.of(film).etag(null));
    try (Upstream upstream = origin.open(Fetches.whole(provider.url("/f")))) {
      film.check(0, Fetches.drain(upstream));
    }
    assertThat(provider.requests("/f").get(1).range())
        .contains("bytes=" + (MIB - ClosedRanges.OVERLAP) + "-" + (2 * MIB - 65536 - 1));
    assertThat(provider.bodyBytes("/f")).isLessThan(film.length() * 107 / 100);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void read_anotherFileInTheMiddle_neverJoined(boolean hasEtag) throws OriginException {
    Content other = Content.of(9, film.length());
    Script first = Script.of(film).etag(hasEtag ? "\"one\"" : null);
    Script then = Script.of(other).etag(hasEtag ? "\"two\"" : null);
    provider.serve("/f", first.fromRequest(3, _ -> then));
    List<byte[]> read = new ArrayList<>();
    try (Upstream upstream = origin.open(Fetches.whole(provider.url("/f")))) {
      assertThatThrownBy(
              () -> {
                ByteBuffer buffer = ByteBuffer.allocate(100_000);
                long position = 0;
                while (upstream.read(buffer.clear()) >= 0) {
                  byte[] bytes = new byte[buffer.flip().remaining()];
                  buffer.get(bytes);
                  film.check(position, bytes);
                  position += bytes.length;
                  read.add(bytes);
                }
              })
          .isInstanceOf(OriginException.class);
    }
    assertThat(read).isNotEmpty();
  }

  /** The provider sends the whole file whatever is asked: nothing is asked again. */
  @Test
  void open_rangesIgnored_oneRequest() throws OriginException {
    provider.serve("/f", Script.of(film).ranges(Script.Ranges.IGNORED));
    try (Upstream upstream = origin.open(Fetches.whole(provider.url("/f")))) {
      film.check(0, Fetches.drain(upstream));
    }
    assertThat(provider.requests("/f")).hasSize(1);
  }

  @Test
  void close_betweenTwoParts_nothingMoreIsAsked() throws OriginException {
    provider.serve("/f", Script.of(film).etag("\"one\""));
    Upstream upstream = origin.open(Fetches.whole(provider.url("/f")));
    ByteBuffer buffer = ByteBuffer.allocate((int) MIB);
    while (buffer.hasRemaining()) {
      assertThat(upstream.read(buffer)).isPositive();
    }
    upstream.close();
    assertThatThrownBy(() -> upstream.read(buffer.clear())).isInstanceOf(OriginException.class);
    assertThat(provider.requests("/f").stream().map(RecordedRequest::range)).hasSize(1);
  }
}
