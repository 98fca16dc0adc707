package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Gate;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.StreamLimit;

/** Providers that refuse any request with a Range and answer the same request without one (b08). */
final class RefusedRangesTest {

  private static final String ONE = "/one.mkv";
  private static final String TWO = "/two.mkv";
  private static final String THREE = "/three.mkv";
  private static final Content FILM = Content.of(/* seed= */ 12, 6 * MIB + 11);
  private static final long FAR = 5 * MIB;

  private static void refuse(Rig rig, String path, int status, Script film) {
    rig.origin()
        .on(
            path,
            wire -> {
              RecordedRequest request = wire.request();
              boolean isRefused = request.range().isPresent();
              wire.play(isRefused ? Script.status(status) : film.at(request.number()));
            });
  }

  private static void plays(Rig rig, String path) throws IOException {
    Answer answer = rig.get(path);
    assertThat(answer.endedCleanly()).as("%s of %s", answer, rig.origin()).isTrue();
    answer.check(FILM, 0, FILM.length());
    rig.origin().awaitIdle();
  }

  private static List<Boolean> hadRange(Rig rig, String path) {
    return rig.origin().requests(path).stream()
        .map(request -> request.range().isPresent())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "400, 2", "403, 2", "406, 2", "412, 2", "416, 2", "417, 2", "500, 3", "501, 2", "502, 3",
    "503, 3", "505, 2",
  })
  void coldFilm_isAskedOnceWithoutRange_andOthersFromTheBeginning(int status, int requests)
      throws IOException {
    for (Script.Framing framing : Script.Framing.values()) {
      Script film = Script.of(FILM).framing(framing);
      try (Rig rig = Rig.start()) {
        refuse(rig, ONE, status, film);
        refuse(rig, TWO, status, film);
        refuse(rig, THREE, status, film);
        plays(rig, ONE);
        assertThat(rig.origin().requests(ONE)).hasSize(requests);
        assertThat(rig.origin().bodyBytes(ONE)).isLessThan(FILM.length() + 100);
        plays(rig, ONE);
        assertThat(rig.origin().requests(ONE)).as("a hit").hasSize(requests);
        plays(rig, TWO);
        assertThat(hadRange(rig, TWO)).as("learned").containsExactly(false);
        rig.restart();
        plays(rig, THREE);
        assertThat(hadRange(rig, THREE)).as("over the restart").containsExactly(false);
        assertThat(rig.origin().bodyBytes(THREE)).isEqualTo(FILM.length());
      }
    }
  }

  /** A player that begins at the end, as one that looks for an index. */
  @ParameterizedTest
  @ValueSource(ints = {400, 403, 416, 501, 503})
  void coldFilm_playerBeginsFar_isOneDownload(int status) throws IOException {
    try (Rig rig = Rig.start()) {
      refuse(rig, ONE, status, Script.of(FILM));
      Answer far = rig.get(ONE, "Range: bytes=" + FAR + "-");
      assertThat(far.status()).isEqualTo(206);
      far.check(FILM, FAR, FILM.length());
      plays(rig, ONE);
      assertThat(rig.origin().requests(ONE)).hasSizeLessThanOrEqualTo(3);
      assertThat(rig.origin().bodyBytes(ONE)).isLessThan(FILM.length() + 100);
    }
  }

  @Test
  void coldFilm_head_isAnsweredAndThePlayCostsNoSecondLesson() throws IOException {
    try (Rig rig = Rig.start()) {
      refuse(rig, ONE, 403, Script.of(FILM));
      Answer head = rig.head(ONE);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Length")).contains(Long.toString(FILM.length()));
      plays(rig, ONE);
      assertThat(rig.origin().requests(ONE)).hasSizeLessThanOrEqualTo(3);
    }
  }

  /** Where the body is cut, it can only be read from its start again. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cut_isRiddenThroughWithoutRange(boolean hasValidator) throws IOException {
    Script film = Script.of(FILM).onRequest(2, each -> each.cutAfter(FILM.length() / 2, Cut.FIN));
    try (Rig rig = Rig.start()) {
      refuse(rig, ONE, 403, hasValidator ? film : film.etag(null).lastModified(null));
      plays(rig, ONE);
      assertThat(hadRange(rig, ONE)).containsExactly(true, false, false);
      assertThat(rig.origin().bodyBytes(ONE)).isLessThan(FILM.length() * 3 / 2 + 100);
    }
  }

  /** The account is banned at the second connection; a panel path implies the limit of one. */
  @ParameterizedTest
  @ValueSource(ints = {400, 403, 416, 500, 503})
  void oneConnection_secondRequestTakesItsSlot(int status) throws IOException {
    String path = "/movie/joe/secret/1.mkv";
    StreamLimit limit = StreamLimit.of(1, 458).banAfter(1);
    try (Rig rig = Rig.start()) {
      rig.origin().budget(limit);
      refuse(rig, path, status, Script.of(FILM));
      plays(rig, path);
      assertThat(limit.refusals()).isZero();
      assertThat(rig.origin().peakExchanges()).isEqualTo(1);
      assertThat(rig.origin().requests(path)).hasSizeLessThanOrEqualTo(3);
    }
  }

  /** Refused in both ways: the failure of before, for one request more. */
  @ParameterizedTest
  @CsvSource({
    "400, 502, 2", "403, 502, 2", "406, 502, 2", "412, 502, 2", "416, 502, 2", "501, 502, 2",
    "500, 502, 5", "502, 502, 5", "503, 503, 3", "504, 502, 4", "404, 404, 1", "401, 502, 1",
    "410, 410, 1", "429, 503, 1", "520, 502, 4",
  })
  void refusedAnyway_playersAreToldAsBefore(int status, int told, int requests) throws IOException {
    try (Rig rig = Rig.start().serve(ONE, Script.status(status))) {
      for (int player = 0; player < 3; player++) {
        assertThat(rig.get(ONE).status()).isEqualTo(told);
      }
      assertThat(rig.origin().requests(ONE)).as("a burst is one attempt").hasSize(requests);
      assertThat(hadRange(rig, ONE).stream().filter(had -> !had).count()).isLessThanOrEqualTo(1);
    }
  }

  /** One failure that passes must not cost an account its ranges. */
  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  void oneBriefFailure_rangesAreKept(int status) throws IOException {
    Script film = Script.of(FILM).onRequest(1, _ -> Script.status(status));
    try (Rig rig = Rig.start().serve(ONE, film)) {
      plays(rig, ONE);
      assertThat(hadRange(rig, ONE)).containsExactly(true, true);
    }
  }

  /** The provider has given ranges: it says no to this film, for whatever reason. */
  @Test
  void oneFilmOnly_accountKeepsItsRanges() throws IOException {
    try (Rig rig = Rig.start().serve(ONE, Script.of(FILM)).serve(THREE, Script.of(FILM))) {
      plays(rig, ONE);
      refuse(rig, TWO, 400, Script.of(FILM));
      plays(rig, TWO);
      assertThat(hadRange(rig, TWO)).containsExactly(true, false);
      plays(rig, THREE);
      assertThat(hadRange(rig, THREE)).containsExactly(true);
    }
  }

  /** 403 for one connection too many, as panels say it. */
  @Test
  void limitReached_isNoRefusalOfTheRange() throws IOException {
    Gate gate = new Gate();
    StreamLimit limit = StreamLimit.of(1, 403);
    Script paced = Script.of(FILM).onRequest(1, first -> first.gate(MIB, gate));
    try (Rig rig = Rig.start().serve(ONE, paced).serve(TWO, Script.of(FILM))) {
      rig.origin().budget(limit);
      CheckedStream first = rig.stream(ONE, FILM).awaitBytes(MIB);
      CheckedStream second = rig.stream(TWO, FILM);
      limit.awaitRefusals(2);
      gate.open();
      assertThat(first.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(second.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      first.close();
      second.close();
      assertThat(hadRange(rig, ONE)).doesNotContain(false);
      assertThat(hadRange(rig, TWO)).doesNotContain(false);
    }
  }

  /** A channel gets no Range in the first place, so there is nothing to leave out. */
  @Test
  void liveLink_isAskedOnce() throws IOException {
    String path = "/live/joe/secret/1.mkv";
    try (Rig rig = Rig.start()) {
      refuse(rig, path, 403, Script.of(FILM));
      plays(rig, path);
      assertThat(hadRange(rig, path)).containsExactly(false);
      rig.serve("/live/joe/secret/2.mkv", Script.status(400));
      assertThat(rig.get("/live/joe/secret/2.mkv").status()).isEqualTo(502);
      assertThat(hadRange(rig, "/live/joe/secret/2.mkv")).containsExactly(false);
    }
  }

  /** A link that only looks like a film: the body has no length and goes on. */
  @ParameterizedTest
  @ValueSource(ints = {400, 403, 416})
  void channelBehindAPlainLink_begins(int status) throws IOException {
    Gate gate = new Gate();
    String path = "/joe/secret/77";
    Script channel = Script.of(FILM).framing(Script.Framing.CLOSE).gate(MIB, gate);
    try (Rig rig = Rig.start()) {
      refuse(rig, path, status, channel);
      CheckedStream player = rig.stream(path, FILM).awaitBytes(MIB);
      assertThat(hadRange(rig, path)).containsExactly(true, false);
      assertThat(player.timeToFirstByte()).isLessThan(Duration.ofSeconds(8));
      gate.open();
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      player.close();
    }
  }
}
