package streamcache.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamcache.testkit.RecordedRequest.End;
import streamcache.testkit.Script.Framing;
import streamcache.testkit.Script.Ranges;

final class ScriptedOriginTest {

  private static final String PATH = "/film.mkv";
  private static final Content FILM = Content.of(1, 300_000);

  private final ScriptedOrigin origin = ScriptedOrigin.start();

  @AfterEach
  void close() {
    origin.close();
  }

  @Test
  void serve_wholeFilm_isRecorded() throws IOException {
    origin.serve(PATH, Script.of(FILM));
    Answer answer = get();
    answer.check(FILM, 0, FILM.length());
    assertThat(answer.endedCleanly()).isTrue();
    assertThat(answer.header("ETag")).contains("\"v1\"");
    RecordedRequest request = origin.awaitRequests(PATH, 1);
    assertThat(request.awaitEnd()).isEqualTo(End.COMPLETE);
    assertThat(request.status()).isEqualTo(200);
    assertThat(request.method()).isEqualTo("GET");
    assertThat(origin.bodyBytes(PATH)).isEqualTo(FILM.length());
    origin.awaitConnections(0);
  }

  @Test
  void close_moreRequestsThanAFilmTakes_fails() throws IOException {
    try (ScriptedOrigin asked = ScriptedOrigin.start()) {
      ask(asked, Frequency.USUAL);
    }
    ScriptedOrigin stormed = ScriptedOrigin.start();
    ask(stormed, Frequency.USUAL + 1);
    assertThatThrownBy(stormed::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("within a minute for " + PATH);
  }

  @Test
  void close_moreRequestsAllowedForAReason_isFine() throws IOException {
    try (ScriptedOrigin asked = ScriptedOrigin.start().allow(61, "the test asks by itself")) {
      ask(asked, 61);
    }
    assertThatThrownBy(() -> origin.allow(61, " ")).isInstanceOf(IllegalArgumentException.class);
  }

  private static void ask(ScriptedOrigin origin, int times) throws IOException {
    origin.serve(PATH, Script.status(404));
    for (int i = 0; i < times; i++) {
      assertThat(RawClient.get(origin.address(), PATH).status()).isEqualTo(404);
    }
  }

  @Test
  void serve_range_sends206() throws IOException {
    origin.serve(PATH, Script.of(FILM));
    Answer answer = get(RawClient.range(1000, 2000));
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.header("Content-Range")).contains("bytes 1000-1999/300000");
    answer.check(FILM, 1000, 2000);
    assertThat(get("Range: bytes=-10").check(FILM, 299_990, 300_000).status()).isEqualTo(206);
    assertThat(get(RawClient.rangeFrom(300_000)).status()).isEqualTo(416);
    assertThat(origin.requests(PATH).getFirst().range()).contains("bytes=1000-1999");
  }

  @Test
  void serve_ifRangeOfOtherGeneration_sendsWhole() throws IOException {
    origin.serve(PATH, Script.of(FILM).etag("\"v2\""));
    assertThat(get(RawClient.rangeFrom(5), "If-Range: \"v1\"").status()).isEqualTo(200);
    assertThat(get(RawClient.rangeFrom(5), "If-Range: \"v2\"").status()).isEqualTo(206);
  }

  @Test
  void ranges_ignored_sends200() throws IOException {
    origin.serve(PATH, Script.of(FILM).ranges(Ranges.IGNORED));
    assertThat(get(RawClient.rangeFrom(5)).check(FILM, 0, FILM.length()).status()).isEqualTo(200);
  }

  @Test
  void framing_chunkedAndClose_carryTheSameBytes() throws IOException {
    origin.serve(PATH, Script.of(FILM).framing(Framing.CHUNKED));
    assertThat(get().check(FILM, 0, FILM.length()).endedCleanly()).isTrue();
    origin.serve(PATH, Script.of(FILM).framing(Framing.CLOSE));
    assertThat(get().check(FILM, 0, FILM.length()).endedCleanly()).isTrue();
  }

  @Test
  void cutAfter_finAndReset_endTheBodyEarly() throws IOException {
    origin.serve(PATH, Script.of(FILM).onRequest(1, s -> s.cutAfter(100_001, Cut.FIN)));
    Answer first = get();
    assertThat(first.ending()).isEqualTo(BodyEnd.SHORT);
    first.check(FILM, 0, 100_001);
    assertThat(get().endedCleanly()).isTrue();
    origin.serve(PATH, Script.of(FILM).framing(Framing.CHUNKED).cutAfter(0, Cut.RESET));
    assertThat(get().ending()).isEqualTo(BodyEnd.RESET);
    assertThat(origin.awaitRequests(PATH, 3).awaitEnd()).isEqualTo(End.CUT);
  }

  @Test
  void lengthOff_shortBody_endsShort() throws IOException {
    origin.serve(PATH, Script.of(FILM).lengthOff(5));
    Answer answer = get();
    assertThat(answer.ending()).isEqualTo(BodyEnd.SHORT);
    answer.check(FILM, 0, FILM.length());
  }

  @Test
  void gate_closed_holdsExactlyThere() throws IOException {
    Gate gate = new Gate();
    origin.serve(PATH, Script.of(FILM).gate(123_457, gate));
    try (CheckedStream stream = RawClient.stream(origin.address(), PATH, FILM)) {
      gate.awaitReached();
      stream.awaitBytes(123_457);
      assertThat(origin.bodyBytes(PATH)).isEqualTo(123_457);
      gate.open();
      assertThat(stream.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(stream.bytes()).isEqualTo(FILM.length());
    }
  }

  @Test
  void gate_clientLeaves_endsTheExchange() throws IOException {
    origin.serve(PATH, Script.of(FILM).gate(1000, new Gate()));
    CheckedStream stream = RawClient.stream(origin.address(), PATH, FILM);
    stream.awaitBytes(1000);
    assertThat(origin.openConnections()).isEqualTo(1);
    stream.reset();
    assertThat(origin.awaitRequests(PATH, 1).awaitEnd()).isEqualTo(End.CLIENT_GONE);
    origin.awaitConnections(0);
  }

  @Test
  void stallAfter_silence_lastsUntilTheClientGoes() throws IOException {
    origin.serve(PATH, Script.of(FILM).stallAfter(50));
    try (CheckedStream stream = RawClient.stream(origin.address(), PATH, FILM)) {
      stream.awaitBytes(50);
      assertThat(stream.hasBytesWithin(Duration.ofMillis(50), 51)).isFalse();
    }
    assertThat(origin.awaitRequests(PATH, 1).awaitEnd()).isEqualTo(End.CLIENT_GONE);
  }

  @Test
  void pace_bytesASecond_takesThatLong() throws IOException {
    origin.serve(PATH, Script.of(FILM).pace(600_000));
    long begun = System.nanoTime();
    get().check(FILM, 0, FILM.length());
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(400));
  }

  @Test
  void redirect_token_worksOnce() throws IOException {
    origin.serveBehindTokens(PATH, 1, Script.of(FILM));
    String token = get().header("Location").orElseThrow();
    assertThat(RawClient.get(origin.address(), token).status()).isEqualTo(200);
    assertThat(RawClient.get(origin.address(), token).status()).isEqualTo(403);
    assertThat(get().header("Location")).isNotEqualTo(token);
    assertThat(origin.tokenRequests(PATH)).hasSize(2);
  }

  @Test
  void fromRequest_newGeneration_changesContent() throws IOException {
    Content other = Content.of(2, 1000);
    origin.serve(PATH, Script.of(FILM).fromRequest(2, s -> s.content(other).etag("\"v2\"")));
    get().check(FILM, 0, FILM.length());
    get().check(other, 0, 1000);
  }

  @Test
  void basicAuth_missing_is401() throws IOException {
    origin.serve(PATH, Script.of(FILM).basicAuth("me", "secret"));
    assertThat(get().status()).isEqualTo(401);
    assertThat(get("Authorization: Basic bWU6c2VjcmV0").status()).isEqualTo(200);
  }

  @Test
  void rawHead_icyAndBareLineFeeds_goOutAsWritten() throws IOException {
    origin.serve(
        PATH,
        Script.of(FILM)
            .rawHead(head -> head.replace("HTTP/1.1 200", "ICY 200").replace("\r\n", "\n")));
    Answer answer = get();
    assertThat(answer.head().statusLine()).startsWith("ICY 200");
    answer.check(FILM, 0, FILM.length());
  }

  @Test
  void head_refused_is405() throws IOException {
    origin.serve(PATH, Script.of(FILM).headRefused());
    assertThat(RawClient.head(origin.address(), PATH).status()).isEqualTo(405);
    origin.serve(PATH, Script.of(FILM));
    Answer answer = RawClient.head(origin.address(), PATH);
    assertThat(answer.head().contentLength()).hasValue(FILM.length());
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void keepAlive_pipelined_answersInOrder() throws IOException {
    origin.serve(PATH, Script.of(FILM));
    try (RawClient client = RawClient.connect(origin.address())) {
      client.request("GET", PATH, RawClient.range(0, 10));
      client.request("GET", PATH, RawClient.range(10, 30));
      client.answer().check(FILM, 0, 10);
      client.answer().check(FILM, 10, 30);
    }
    assertThat(origin.totalConnections()).isEqualTo(1);
  }

  @Test
  void budget_exceeded_refusesUntilCooledDown() throws IOException {
    FakeClock clock = new FakeClock();
    StreamLimit budget =
        StreamLimit.of(1, 458).coolDown(Duration.ofSeconds(3)).clock(clock::nanoTime);
    Gate gate = new Gate();
    origin.budget(budget).serve(PATH, Script.of(FILM).onRequest(1, s -> s.gate(10, gate)));
    try (CheckedStream first = RawClient.stream(origin.address(), PATH, FILM)) {
      first.awaitBytes(10);
      assertThat(get().status()).isEqualTo(458);
      gate.open();
      first.awaitEnd();
    }
    origin.awaitIdle();
    assertThat(get().status()).isEqualTo(458);
    clock.advance(Duration.ofSeconds(3));
    assertThat(get().status()).isEqualTo(200);
    assertThat(budget.refusals()).isEqualTo(2);
    assertThat(budget.peak()).isEqualTo(2);
  }

  /** On a busy machine, the origin's own thread notices too late that a client has gone. */
  @Test
  void peakConnections_clientGoneUnnoticed_isNotCounted() throws IOException {
    CompletableFuture<Boolean> reached = new CompletableFuture<>();
    CompletableFuture<Boolean> released = new CompletableFuture<>();
    origin.on(
        "/busy",
        wire -> {
          reached.complete(true);
          released.join();
        });
    origin.serve(PATH, Script.of(FILM));
    try (Socket client = new Socket(InetAddress.ofLiteral("127.0.0.1"), origin.port())) {
      client.getOutputStream().write("GET /busy HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(US_ASCII));
      reached.join();
    }
    RawClient.get(origin.address(), PATH).check(FILM, 0, FILM.length());
    assertThat(origin.openConnections()).isPositive();
    assertThat(origin.peakConnections()).isEqualTo(1);

    try (Socket one = new Socket(InetAddress.ofLiteral("127.0.0.1"), origin.port())) {
      RawClient.get(origin.address(), PATH).check(FILM, 0, FILM.length());
      assertThat(one.isConnected()).isTrue();
    }
    assertThat(origin.peakConnections()).isEqualTo(2);
    released.complete(true);
  }

  @Test
  void refuseConnections_thenListenAgain_usesTheSamePort() throws IOException {
    origin.serve(PATH, Script.of(FILM));
    origin.refuseConnections();
    var address = new java.net.InetSocketAddress("127.0.0.1", origin.address().getPort());
    assertThatThrownBy(() -> RawClient.get(address, PATH)).isInstanceOf(ConnectException.class);
    origin.listenAgain();
    assertThat(get().status()).isEqualTo(200);
  }

  @Test
  void cutAll_runningAnswer_countsAsCut() throws IOException {
    origin.serve(PATH, Script.of(FILM).stallAfter(50));
    try (CheckedStream stream = RawClient.stream(origin.address(), PATH, FILM)) {
      stream.awaitBytes(50);
      origin.cutAll(Cut.RESET);
      assertThat(stream.awaitEnd()).isEqualTo(BodyEnd.RESET);
    }
    assertThat(origin.awaitRequests(PATH, 1).awaitEnd()).isEqualTo(End.CUT);
  }

  @Test
  void on_handler_writesWhatItLikes() throws IOException {
    origin.on(
        "/x",
        wire -> {
          wire.closeAfter();
          wire.head("HTTP/1.1 299 Odd\r\n\r\n");
          wire.body("hello " + wire.request().header("X-Name").orElse("?"));
        });
    Answer answer = RawClient.get(origin.address(), "/x", "X-Name: me");
    assertThat(answer.status()).isEqualTo(299);
    assertThat(answer.text()).isEqualTo("hello me");
    assertThat(RawClient.get(origin.address(), "/none").status()).isEqualTo(404);
  }

  @Test
  void startTls_selfSigned_servesAndCuts() throws IOException {
    try (ScriptedOrigin secure = ScriptedOrigin.startTls()) {
      secure.serve(PATH, Script.of(FILM).onRequest(2, s -> s.cutAfter(1000, Cut.RESET)));
      var context = TestCertificate.shared().context();
      try (RawClient client = RawClient.connectTls(secure.address(), context)) {
        client.request("GET", PATH).answer().check(FILM, 0, FILM.length());
        assertThat(client.request("GET", PATH).answer().endedCleanly()).isFalse();
      }
    }
  }

  @Test
  void stream_hugeFilm_isCheckedOnTheFly() throws IOException {
    Content huge = Content.of(5, 6L << 30);
    origin.serve(PATH, Script.of(huge));
    try (CheckedStream stream =
        RawClient.stream(
            origin.address(),
            PATH,
            huge,
            RawClient.range((5L << 30) + 3, (5L << 30) + 5_000_003))) {
      assertThat(stream.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(stream.bytes()).isEqualTo(5_000_000);
    }
  }

  @Test
  void stream_wrongContent_failsOnAwait() throws IOException {
    origin.serve(PATH, Script.of(Content.of(2, 300_000)));
    try (CheckedStream stream = RawClient.stream(origin.address(), PATH, FILM)) {
      assertThatThrownBy(stream::awaitEnd).hasMessageContaining("wrong byte at offset 0");
    }
  }

  @Test
  void stream_paused_holdsTheOriginBack() throws IOException {
    Content big = Content.of(1, 100_000_000);
    origin.serve(PATH, Script.of(big));
    try (RawClient client = RawClient.connect(origin.address(), 16 * 1024);
        CheckedStream stream = client.stream(PATH, big).pauseAt(100_000)) {
      // The reader may have read on before it noticed the pause.
      long held = stream.awaitBytes(100_000).bytes();
      assertThat(stream.hasBytesWithin(Duration.ofMillis(100), held + 1_000_000)).isFalse();
      assertThat(origin.bodyBytes(PATH)).isLessThan(held + 20_000_000);
      stream.resume();
      assertThat(stream.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
    }
  }

  private Answer get(String... headers) throws IOException {
    return RawClient.get(origin.address(), PATH, headers);
  }
}
