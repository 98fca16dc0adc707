package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;

/** A provider that throttles open ranges and gives closed ones at full speed (a public report). */
final class RangeSizeTest {

  private static final long MIB = 1 << 20;
  private static final String FILM = "/film.mkv";
  private static final Content CONTENT = Content.of(/* seed= */ 6, 5 * MIB + 7);

  @Test
  void rangeSize_oneDownloadInClosedRanges_onOneConnection() throws IOException {
    try (Rig rig = Rig.set("[provider %s]", "RANGE_SIZE = 1MiB", "MAX_CONNECTIONS = 1")) {
      rig.serve(FILM, Script.of(CONTENT).etag("\"one\""));
      rig.get(FILM).check(CONTENT, 0, CONTENT.length());
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests(FILM))
          .hasSize(6)
          .allMatch(request -> request.range().orElse("").matches("bytes=[0-9]+-[0-9]+"));
      assertThat(rig.origin().requests(FILM).stream().map(RecordedRequest::connection).distinct())
          .hasSize(1);
      assertThat(rig.origin().bodyBytes(FILM)).isEqualTo(CONTENT.length());
      String metrics = RawClient.get(rig.address(), "/metrics").text();
      assertThat(metrics).doesNotContainPattern("ending=\"(broken|failed|slow)\"[^\n]* [1-9]");
      assertThat(rig.get(FILM).header("X-Cache")).contains("HIT");
    }
  }

  @Test
  void rangeSize_seekOnAColdTitle_closedToo() throws IOException {
    try (Rig rig = Rig.set("[provider %s]", "RANGE_SIZE = 1MiB")) {
      rig.serve(FILM, Script.of(CONTENT));
      long from = CONTENT.length() - 100_000;
      rig.get(FILM, RawClient.rangeFrom(from)).check(CONTENT, from, CONTENT.length());
      rig.get(FILM).check(CONTENT, 0, CONTENT.length());
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests(FILM))
          .allMatch(request -> request.range().orElse("").matches("bytes=[0-9]+-[0-9]+"));
      assertThat(rig.origin().bodyBytes(FILM)).isLessThan(CONTENT.length() * 120 / 100);
    }
  }
}
