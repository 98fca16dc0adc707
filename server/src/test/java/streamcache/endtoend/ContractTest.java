package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/** What http-contract section 2 promises players about ranges, conditions and header fields. */
final class ContractTest {

  private static final Content FILM = Content.of(7, 3 * MIB + 1);

  @Test
  void severalRanges_areMultipart() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      Answer answer = rig.get("/film.mkv", "Range: bytes=0-9,1000-1009,-10");
      assertThat(answer.status()).isEqualTo(206);
      assertThat(answer.header("Content-Type").orElseThrow())
          .startsWith("multipart/byteranges; boundary=");
      assertThat(answer.header("Content-Range")).isEmpty();
      String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
      for (long from : new long[] {0, 1000, FILM.length() - 10}) {
        String part = new String(FILM.bytes(from, 10), StandardCharsets.ISO_8859_1);
        assertThat(body).contains("Content-Range: bytes " + from + "-" + (from + 9) + "/");
        assertThat(body).contains("\r\n\r\n" + part + "\r\n--");
      }
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
    }
  }

  @Test
  void etag_isTheSameFillingCompleteInHeadPartAndNotModified() throws IOException {
    Gate gate = new Gate();
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM).gate(MIB, gate))) {
      CheckedStream player = rig.stream("/film.mkv", FILM).awaitBytes(MIB);
      String etag = player.awaitHead().headers().first("ETag").orElseThrow();
      assertThat(etag).startsWith("\"").endsWith("\"");
      assertThat(rig.head("/film.mkv").header("ETag")).contains(etag);
      assertThat(rig.get("/film.mkv", "Range: bytes=0-9").header("ETag")).contains(etag);
      Answer unchanged = rig.get("/film.mkv", "If-None-Match: " + etag);
      assertThat(unchanged.status()).isEqualTo(304);
      assertThat(unchanged.body()).isEmpty();
      gate.open();
      player.awaitEnd();
      player.close();
      assertThat(rig.get("/film.mkv").header("ETag")).contains(etag);
      assertThat(rig.get("/film.mkv", "If-Match: " + etag, "Range: bytes=5-").status())
          .isEqualTo(206);
    }
  }

  @Test
  void contentType_octetStreamFromProvider_isRepaired() throws IOException {
    try (Rig rig =
        Rig.start()
            .serve("/film.mkv", Script.of(FILM).type("application/octet-stream"))
            .serve("/film.mp4", Script.of(FILM).type(null))) {
      assertThat(rig.get("/film.mkv").header("Content-Type")).contains("video/x-matroska");
      assertThat(rig.get("/film.mp4").header("Content-Type")).contains("video/mp4");
    }
  }

  @Test
  void keepAlive_pipelinedRequests_areAnsweredInOrder() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      rig.get("/film.mkv");
      try (RawClient client = RawClient.connect(rig.address())) {
        for (int i = 0; i < 5; i++) {
          client.request("GET", rig.link("/film.mkv"), RawClient.range(i * 1000L, i * 1000L + 100));
        }
        for (int i = 0; i < 5; i++) {
          client.answer().check(FILM, i * 1000L, i * 1000L + 100);
        }
      }
    }
  }

  @Test
  void connectionClose_isEchoed() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      assertThat(rig.get("/film.mkv").header("Connection")).contains("close");
    }
  }

  @Test
  void range_withFailedIfRange_isTheWhole() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      Answer answer = rig.get("/film.mkv", "Range: bytes=0-9", "If-Range: \"other\"");
      assertThat(answer.status()).isEqualTo(200);
      answer.check(FILM, 0, FILM.length());
    }
  }

  @Test
  void metricsAndHealth_areThere() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      rig.get("/film.mkv");
      rig.get("/film.mkv");
      assertThat(RawClient.get(rig.address(), "/healthz").text()).startsWith("ok");
      String metrics = RawClient.get(rig.address(), "/metrics").text();
      assertThat(metrics)
          .contains("streamcache_requests_total{decision=\"HIT\"} 1.0")
          .contains("streamcache_requests_total{decision=\"MISS\"} 1.0")
          .contains("streamcache_provider_bytes_total{use=\"stored\"} " + (double) FILM.length());
    }
  }
}
