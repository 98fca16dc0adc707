package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/** How long players wait for a response, counted by player and title, and what they get then. */
final class ToldInTimeTest {

  private static final Content ONE = Content.of(/* seed= */ 1, 2 * MIB + 7);
  private static final Content TWO = Content.of(/* seed= */ 2, MIB);
  private static final String KODI = "User-Agent: KodifromDebian/20.1 (X11; Linux x86_64)";
  private static final String CURL = "User-Agent: curl/7.88.1";
  private static final String BEGINNING = "Range: bytes=0-99999";
  private static final String LATER = "Range: bytes=50000-149999";
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final Duration SHORT = Duration.ofMillis(300);

  /** Far beyond the duration of any of these tests. */
  private static final Duration PLACE = Duration.ofSeconds(60);

  /** One connection. */
  private static Rig rig(Duration answerWithin, Duration placeWaitMax) throws IOException {
    return Rig.start(Rig.oneConnection(answerWithin, placeWaitMax));
  }

  /** Kodi sends five requests, and its user waits for all of them. */
  @Test
  void playerThatAsksSeveralTimes_accountIsInUse_waitsOnceForAll() throws IOException {
    Gate gate = new Gate();
    try (Rig rig =
            rig(ANSWER, PLACE)
                .serve("/one.mkv", Script.of(ONE).gate(100_000, gate))
                .serve("/two.mkv", Script.of(TWO));
        CheckedStream _ = rig.stream("/one.mkv", ONE).awaitBytes(100_000)) {
      long begun = System.nanoTime();
      List<String> etags = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        etags.add(rig.head("/two.mkv", KODI).header("ETag").orElseThrow());
      }
      for (int i = 0; i < 2; i++) {
        etags.add(rig.get("/two.mkv", KODI, BEGINNING).header("ETag").orElseThrow());
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(took).isBetween(ANSWER, ANSWER.multipliedBy(2));
      assertThat(etags).containsOnly(etags.getFirst());
      assertThat(rig.origin().requests("/two.mkv")).isEmpty();
      gate.open();
    }
  }

  /** The panel has seen connections close, but too long ago for it to count them still. */
  @ParameterizedTest
  @ValueSource(ints = {429, 458, 509})
  void panelThatRefusesEverything_nothingOfOursIsOpen_isToldWithoutAPlaceInSight(int status)
      throws IOException {
    try (Rig rig =
        rig(ANSWER, PLACE)
            .serve("/one.mkv", Script.of(TWO).closing())
            .serve("/two.mkv", Script.status(status).closing())) {
      rig.get("/one.mkv").check(TWO, 0, TWO.length());
      rig.origin().awaitIdle();
      long begun = System.nanoTime();
      Answer answer = rig.get("/two.mkv", CURL);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PLACE.dividedBy(6));
      assertThat(rig.origin().requests("/two.mkv")).hasSizeBetween(1, 3);
    }
  }

  /** The provider says when to come back: it is asked again if a player waits for that long. */
  @ParameterizedTest
  @CsvSource({"1, 503, 1", "60, 206, 2"})
  void providerSaysWhenToComeBack_isAwaitedAsLongAsPlaceWaitMax(
      int placeWaitMax, int status, int requests) throws IOException {
    Script script =
        Script.of(TWO).onRequest(1, _ -> Script.status(503).header("Retry-After", "1")).closing();
    try (Rig rig = rig(ANSWER, Duration.ofSeconds(placeWaitMax)).serve("/two.mkv", script)) {
      assertThat(rig.get("/two.mkv", CURL, BEGINNING).status()).isEqualTo(status);
      assertThat(rig.origin().requests("/two.mkv")).hasSize(requests);
    }
  }

  /** The provider serves no ranges: bytes keep arriving, but far before the requested range. */
  @Test
  void bytesArriveSlowlyBeforeTheRange_isAnsweredInTime() throws IOException {
    Content film = Content.of(/* seed= */ 3, 4 * MIB);
    Script slow = Script.of(film).ranges(Script.Ranges.IGNORED).pace(64 * 1024);
    try (Rig rig = rig(ANSWER, ANSWER).serve("/slow.mkv", slow);
        CheckedStream first = rig.stream("/slow.mkv", film).awaitBytes(10_000);
        RawClient player = RawClient.connect(rig.address())) {
      player.request("GET", rig.link("/slow.mkv"), "Range: bytes=4000000-4000999");
      assertThat(player.readHead().status()).isEqualTo(206);
      assertThat(first.bytes()).as("it has not come so far").isLessThan(4_000_000);
      assertThat(rig.origin().requests("/slow.mkv")).hasSizeLessThanOrEqualTo(2);
    }
  }

  /** The player seeks to the beginning, which looks like opening the title again. */
  @Test
  void playerThatStillReadsItsClip_opensAgain_getsTheSameOneAtOnce() throws IOException {
    Script script =
        Script.status(404).fromRequest(2, later -> later.statusLine(503, "Service Unavailable"));
    try (Rig rig = rig(ANSWER, PLACE).serve("/two.mkv", script);
        RawClient reading = RawClient.connect(rig.address())) {
      reading.request("GET", rig.link("/two.mkv"), KODI);
      String etag = reading.readHead().headers().first("ETag").orElseThrow();
      awaitAskedAgain(rig, 2);
      int requests = rig.origin().requests("/two.mkv").size();
      for (String range : List.of(BEGINNING, LATER, BEGINNING)) {
        Answer answer = rig.get("/two.mkv", KODI, range);
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("ETag")).contains(etag);
      }
      assertThat(rig.head("/two.mkv", KODI).header("ETag")).contains(etag);
      assertThat(rig.origin().requests("/two.mkv")).hasSize(requests);
    }
  }

  /** Kodi mixed two clips: that of the first refusal and that of the expired wait. */
  @Test
  void playerWithSeveralConnections_titleFailsOtherwiseMeanwhile_allGetOneClip() throws Exception {
    Gate gate = new Gate();
    Script script = Script.status(404).fromRequest(2, later -> later.headGate(gate));
    try (Rig rig = rig(SHORT, SHORT).serve("/two.mkv", script);
        ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor()) {
      Answer first = rig.get("/two.mkv", KODI, BEGINNING);
      assertThat(first.status()).isEqualTo(206);
      awaitAskedAgain(rig, 2);
      List<Future<Answer>> answers = new ArrayList<>();
      for (String range : List.of(BEGINNING, LATER, BEGINNING, LATER, BEGINNING, LATER)) {
        answers.add(connections.submit(() -> rig.get("/two.mkv", KODI, range)));
      }
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(206);
        assertThat(answer.get().header("ETag")).isEqualTo(first.header("ETag"));
      }
      assertThat(rig.origin().requests("/two.mkv")).hasSizeLessThanOrEqualTo(3);
      gate.open();
    }
  }

  /** Requests the title as another client until its back-off ends and the provider is asked. */
  private static void awaitAskedAgain(Rig rig, int requests) throws IOException {
    long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    Duration pause = Duration.ofMillis(100);
    while (!rig.origin().isRequestedWithin(pause, "/two.mkv", requests)) {
      rig.get("/two.mkv", CURL, BEGINNING);
      assertThat(System.nanoTime()).as("the provider is asked again").isLessThan(limit);
    }
  }
}
