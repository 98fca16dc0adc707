package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.RecordedRequest.End;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Framing;
import streamcache.testkit.Script.Ranges;

/** Healthy and half-healthy providers, as seen from the player. */
final class ProviderTest {

  private static final Content FILM = Content.of(4, 12 * MIB + 7);

  @Test
  void cut_midBody_isResumedUnnoticed() throws IOException {
    try (Rig rig =
        Rig.start()
            .serve(
                "/film.mkv",
                Script.of(FILM).onRequest(1, script -> script.cutAfter(5 * MIB, Cut.RESET)))) {
      Answer answer = rig.get("/film.mkv");
      assertThat(answer.endedCleanly()).isTrue();
      answer.check(FILM, 0, FILM.length());
      RecordedRequest second = rig.origin().requests("/film.mkv").get(1);
      assertThat(second.range().orElseThrow()).matches("bytes=[0-9]+-");
      assertThat(second.header("If-Range")).contains("\"v1\"");
      assertThat(rig.origin().requests("/film.mkv")).hasSize(2);
    }
  }

  @Test
  void cut_fileChangedMeanwhile_abortsThePlayAndTheNextGetsTheNewFile() throws IOException {
    Content other = Content.of(5, 12 * MIB + 9);
    try (Rig rig =
        Rig.start()
            .serve(
                "/film.mkv",
                Script.of(FILM)
                    .onRequest(1, script -> script.cutAfter(5 * MIB, Cut.RESET))
                    .fromRequest(2, script -> script.content(other).etag("\"v2\"")))) {
      CheckedStream player = rig.stream("/film.mkv", FILM);
      assertThat(player.awaitEnd()).isNotEqualTo(BodyEnd.CLEAN);
      player.close();
      Answer next = rig.get("/film.mkv");
      next.check(other, 0, other.length());
    }
  }

  /** Panels send a clip that says "unavailable" with status 200 while the account is busy. */
  @Test
  void cut_clipInPlaceOfTheFilm_isNeitherSplicedNorKept() throws IOException {
    Content clip = Content.of(9, 300 * 1024);
    try (Rig rig =
        Rig.start()
            .serve(
                "/film.mkv",
                Script.of(FILM)
                    .onRequest(1, script -> script.cutAfter(5 * MIB, Cut.RESET))
                    .onRequest(2, script -> script.content(clip).etag("\"clip\"")))) {
      CheckedStream player = rig.stream("/film.mkv", FILM);
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      player.close();
      assertThat(rig.origin().requests("/film.mkv")).hasSize(3);
    }
  }

  @Test
  void variantPerCall_twoViewersAndAReopen_getOneAndTheSameFile() throws IOException {
    Gate gate = new Gate();
    Content other = Content.of(6, 12 * MIB + 9);
    Script script =
        Script.of(FILM)
            .etag(null)
            .lastModified(null)
            .onRequest(1, first -> first.gate(MIB, gate))
            .fromRequest(2, later -> later.content(other));
    try (Rig rig = Rig.start().serve("/film.mkv", script)) {
      CheckedStream first = rig.stream("/film.mkv", FILM).awaitBytes(MIB);
      CheckedStream second = rig.stream("/film.mkv", FILM).awaitBytes(MIB);
      CheckedStream seeking = rig.stream("/film.mkv", FILM, "Range: bytes=10000000-");
      rig.origin().awaitRequests("/film.mkv", 2).awaitEnd();
      gate.open();
      assertThat(first.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(second.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(seeking.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      first.close();
      second.close();
      seeking.close();
    }
  }

  /** The second connection is closed once it turns out to send the whole file again. */
  @Test
  void noRanges_seek_waitsForTheBytesAndIsServed() throws IOException {
    Gate gate = new Gate();
    Script script = Script.of(FILM).ranges(Ranges.UNKNOWN).gate(2 * MIB, gate);
    try (Rig rig = Rig.start().serve("/film.mkv", script);
        CheckedStream player = rig.stream("/film.mkv", FILM).awaitBytes(MIB);
        CheckedStream seeking = rig.stream("/film.mkv", FILM, RawClient.rangeFrom(9_000_000))) {
      rig.origin().awaitRequests("/film.mkv", 2);
      rig.origin().awaitConnections(1);
      gate.open();
      assertThat(seeking.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests("/film.mkv")).hasSize(2);
      assertThat(rig.origin().requests("/film.mkv").getFirst().end()).isEqualTo(End.COMPLETE);
      assertThat(rig.origin().bodyBytes("/film.mkv")).isLessThan(FILM.length() * 3 / 2);
    }
  }

  /** Found by hand: the first playback after a HEAD was cut, "the provider's file has changed". */
  @Test
  void noLengthNoRangesNoValidator_headThenGet_isOneFile() throws IOException {
    Script script =
        Script.of(FILM)
            .ranges(Ranges.UNKNOWN)
            .framing(Framing.CHUNKED)
            .etag(null)
            .lastModified(null);
    try (Rig rig = Rig.start().serve("/film.mkv", script)) {
      Answer head = rig.head("/film.mkv");
      assertThat(head.status()).isEqualTo(200);
      Answer film = rig.get("/film.mkv");
      assertThat(film.endedCleanly()).isTrue();
      film.check(FILM, 0, FILM.length());
      assertThat(film.header("ETag")).isEqualTo(head.header("ETag"));
    }
  }

  /** Found by hand: a response that broke off before its first byte became an empty film. */
  @Test
  void noLengthNoByte_isNoFilmAndNothingIsKeptOfIt() throws IOException {
    Script script =
        Script.of(FILM)
            .framing(Framing.CLOSE)
            .onRequest(1, first -> first.content(Content.of(4, 0)).ranges(Ranges.UNKNOWN));
    try (Rig rig = Rig.start().serve("/film.mkv", script)) {
      assertThat(rig.get("/film.mkv").status()).isEqualTo(502);
      rig.restart();
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
    }
  }

  @Test
  void noLength_isChunkedThenKnownAtTheEnd() throws IOException {
    for (Framing framing : new Framing[] {Framing.CHUNKED, Framing.CLOSE}) {
      Gate gate = new Gate();
      Script script = Script.of(FILM).ranges(Ranges.UNKNOWN).framing(framing).gate(2 * MIB, gate);
      try (Rig rig = Rig.start().serve("/film.mkv", script)) {
        CheckedStream player = rig.stream("/film.mkv", FILM).awaitBytes(2 * MIB);
        assertThat(player.awaitHead().headers().first("Transfer-Encoding")).contains("chunked");
        Answer part = rig.get("/film.mkv", "Range: bytes=1000-1999");
        assertThat(part.header("Content-Range")).contains("bytes 1000-1999/*");
        part.check(FILM, 1000, 2000);
        gate.open();
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        player.close();
        Answer whole = rig.get("/film.mkv");
        assertThat(whole.header("Content-Length")).contains(Long.toString(FILM.length()));
        whole.check(FILM, 0, FILM.length());
        assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
      }
    }
  }

  @Test
  void redirect_relativeWithOneTimeTokens_playsAndSeeks() throws IOException {
    try (Rig rig = Rig.start()) {
      rig.origin().serveBehindTokens("/film.mkv", 1, Script.of(FILM).pace(12 * MIB));
      CheckedStream player = rig.stream("/film.mkv", FILM).awaitBytes(100_000);
      rig.get("/film.mkv", "Range: bytes=11000000-11000999").check(FILM, 11_000_000, 11_001_000);
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      player.close();
    }
  }

  @Test
  void userAgent_ofThePlayer_goesUpstreamAndCookiesDoNot() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      rig.get("/film.mkv", "User-Agent: VLC/3.0", "Cookie: a=b", "Authorization: Basic eA==");
      RecordedRequest seen = rig.origin().requests("/film.mkv").getFirst();
      assertThat(seen.header("User-Agent")).contains("VLC/3.0");
      assertThat(seen.header("Cookie")).isEmpty();
      assertThat(seen.header("Authorization")).isEmpty();
      assertThat(seen.header("Accept-Encoding")).contains("identity");
    }
  }

  @Test
  void userinfo_inTheUrl_becomesBasicAuthorization() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM).basicAuth("joe", "pass"))) {
      String url = rig.origin().url("/film.mkv").replace("http://", "http://joe:pass@");
      RawClient.get(rig.address(), rig.linkTo(url)).check(FILM, 0, FILM.length());
    }
  }

  @Test
  void failure_isToldInTheFormOfTheAskerAndNotCached() throws IOException {
    try (Rig rig =
        Rig.start()
            .serve("/gone.mkv", Script.status(404))
            .serve("/html.mkv", Script.status(200, "text/html", "<html>sorry</html>"))
            .serve("/down.mkv", Script.status(500))) {
      Answer text = rig.get("/gone.mkv");
      assertThat(text.status()).isEqualTo(404);
      assertThat(text.header("X-Upstream-Status")).contains("404");
      assertThat(text.header("X-Request-Id")).isPresent();
      assertThat(text.header("Content-Type").orElseThrow()).startsWith("text/plain");
      Answer html = rig.get("/html.mkv", "Accept: text/html");
      assertThat(html.status()).isEqualTo(502);
      assertThat(html.header("Content-Type").orElseThrow()).startsWith("text/html");
      Answer json = rig.get("/down.mkv", "Accept: application/json");
      assertThat(json.status()).isEqualTo(502);
      assertThat(json.text()).contains("urn:streamcache:problem:broken");
      assertThat(rig.usedBytes()).isZero();
    }
  }

  @Test
  void failure_burstOfRequests_isOneAttempt() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      for (int i = 0; i < 5; i++) {
        assertThat(rig.get("/gone.mkv").status()).isEqualTo(404);
      }
      assertThat(rig.origin().requests("/gone.mkv")).hasSize(1);
    }
  }

  @Test
  void unreachable_isBadGateway() throws IOException {
    try (Rig rig = Rig.start()) {
      rig.origin().refuseConnections();
      Answer answer = rig.get("/film.mkv");
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.text()).contains("cannot be reached");
    }
  }

  @Test
  void badLink_isOneSentenceAndNothingUpstream() throws IOException {
    try (Rig rig = Rig.start()) {
      for (String target : new String[] {"/u/!!!", "/u/Zm9v", "/u/", rig.linkTo("ftp://a/b")}) {
        Answer answer = RawClient.get(rig.address(), target);
        assertThat(answer.status()).as(target).isEqualTo(400);
        assertThat(answer.text()).isNotBlank();
      }
      assertThat(rig.origin().requests()).isEmpty();
    }
  }
}
