package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.OrderedTitles.QUEUE;
import static streamcache.endtoend.OrderedTitles.awaitState;
import static streamcache.endtoend.OrderedTitles.id;
import static streamcache.endtoend.OrderedTitles.item;
import static streamcache.endtoend.OrderedTitles.ok;
import static streamcache.endtoend.OrderedTitles.order;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import streamcache.link.BadLink;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.FakeClock;
import streamcache.testkit.Gate;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.StreamLimit;
import tools.jackson.databind.JsonNode;

/** Titles are fetched before anybody plays them, and never at the cost of a player. */
final class PrewarmTest {

  private static final String PANEL = "/movie/anna18/geheim123/";
  private static final Content FILM = Content.of(/* seed= */ 41, 24 * MIB + 5);
  private static final Content OTHER = Content.of(/* seed= */ 42, 12 * MIB + 3);

  /** The sizes that docs/api.md promises for a film of this size. */
  private static final long HEAD = 8 * MIB;

  private static final long TAIL_START = (FILM.length() - 2 * MIB) / 4096 * 4096;
  private static final long ENDS = HEAD + FILM.length() - TAIL_START;
  private static final Duration A_WHILE = Duration.ofMillis(1500);

  /** In the background, nothing but what is ordered. */
  private static Rig rig() throws IOException {
    return Rig.set("[provider *]", "COMPLETE_AFTER = 100%");
  }

  @Test
  void ends_ofATitle_playWithoutARequest() throws Exception {
    try (Rig rig = rig().serve(PANEL + "1.mkv", Script.of(FILM))) {
      JsonNode ordered = order(rig, "ends", PANEL + "1.mkv");
      assertThat(ordered.path("ids").path(0).asString()).isEqualTo(id(rig, PANEL + "1.mkv"));

      JsonNode done = awaitState(rig, PANEL + "1.mkv", "done");
      assertThat(done.path("wantedBytes").asLong()).isEqualTo(ENDS);
      assertThat(done.path("storedBytes").asLong()).isEqualTo(ENDS);
      assertThat(done.path("name").asString()).isEqualTo("1.mkv");
      assertThat(done.has("words")).isFalse();
      assertThat(rig.origin().bodyBytes(PANEL + "1.mkv")).isEqualTo(ENDS);
      assertThat(rig.origin().requests(PANEL + "1.mkv")).hasSize(2);

      rig.get(PANEL + "1.mkv", "Range: bytes=0-" + (HEAD - 1)).check(FILM, 0, HEAD);
      rig.get(PANEL + "1.mkv", "Range: bytes=" + TAIL_START + "-")
          .check(FILM, TAIL_START, FILM.length());
      assertThat(rig.origin().requests(PANEL + "1.mkv")).as("for head and tail").hasSize(2);

      rig.get(PANEL + "1.mkv").check(FILM, 0, FILM.length());
      rig.origin().awaitIdle();
      assertThat(rig.origin().bodyBytes(PANEL + "1.mkv"))
          .as("no byte was fetched twice but what joins are compared by")
          .isBetween(FILM.length(), FILM.length() + MIB / 4);
    }
  }

  @Test
  void all_ofSeveralTitles_costsOneDownloadEach() throws Exception {
    try (Rig rig = rig()) {
      String[] paths =
          IntStream.range(0, 5).mapToObj(film -> PANEL + film + ".mkv").toArray(String[]::new);
      for (String path : paths) {
        rig.serve(path, Script.of(OTHER));
      }
      order(rig, "all", paths);
      for (String path : paths) {
        JsonNode done = awaitState(rig, path, "done");
        assertThat(done.path("storedBytes").asLong()).isEqualTo(OTHER.length());
        rig.get(path).check(OTHER, 0, OTHER.length());
        assertThat(rig.origin().requests(path)).hasSize(1);
        assertThat(rig.origin().bodyBytes(path)).isEqualTo(OTHER.length());
      }
      assertThat(rig.origin().peakConnections()).isEqualTo(1);
    }
  }

  /** The panel bans an account that opens a second connection. */
  @Test
  void oneConnection_viewerWhoComes_getsItAtOnce() throws Exception {
    StreamLimit budget = StreamLimit.of(1, 403).banAfter(1);
    try (Rig rig =
        Rig.start()
            .serve(PANEL + "1.mkv", Script.of(FILM).pace(4 * MIB))
            .serve(PANEL + "2.mkv", Script.of(OTHER).pace(12 * MIB))) {
      rig.origin().budget(budget);
      order(rig, "all", PANEL + "1.mkv");
      rig.origin().awaitRequests(PANEL + "1.mkv", 1);
      ApiClient.of(rig)
          .await(QUEUE, queue -> item(queue, idOf(rig, 1)).path("storedBytes").asLong() > MIB);

      long begun = System.nanoTime();
      try (CheckedStream viewer = rig.stream(PANEL + "2.mkv", OTHER)) {
        viewer.awaitBytes(MIB);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        assertThat(item(ApiClient.of(rig).get(QUEUE), idOf(rig, 1)).path("state").asString())
            .isEqualTo("running");
        assertThat(rig.origin().requests(PANEL + "1.mkv")).as("it waits").hasSize(1);
        assertThat(viewer.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      }
      awaitState(rig, PANEL + "1.mkv", "done");
      assertThat(budget.refusals()).isZero();
      assertThat(rig.origin().peakConnections()).isEqualTo(1);
      assertThat(rig.origin().requests(PANEL + "1.mkv")).hasSize(2);
      assertThat(rig.origin().bodyBytes(PANEL + "1.mkv"))
          .isLessThan(FILM.length() + FILM.length() / 10);
      rig.get(PANEL + "1.mkv").check(FILM, 0, FILM.length());
    }
  }

  private static String idOf(Rig rig, int film) {
    try {
      return id(rig, PANEL + film + ".mkv");
    } catch (BadLink e) {
      throw new AssertionError(e);
    }
  }

  /** It counts a request from its arrival, also one that was abandoned; docs/decisions/0031. */
  @Test
  void oneConnection_orderNotAnsweredYet_viewerHasItsTurnAfterTheAnswer() throws Exception {
    Gate gate = new Gate();
    try (Rig rig = rig().serve(PANEL + "1.mkv", Script.of(FILM).headGate(gate))) {
      rig.serve(PANEL + "2.mkv", Script.of(OTHER));
      rig.origin().budget(StreamLimit.of(1, 403).banAfter(1));
      order(rig, "all", PANEL + "1.mkv");
      rig.origin().awaitRequests(PANEL + "1.mkv", 1);
      CheckedStream player = rig.stream(PANEL + "2.mkv", OTHER);
      ApiClient.of(rig).await("/api/v1/accounts", all -> all.text().contains("\"waiting\":1"));
      assertThat(rig.origin().requests(PANEL + "2.mkv")).isEmpty();

      gate.open();

      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(rig.origin().bodyBytes(PANEL + "2.mkv")).isEqualTo(OTHER.length());
      assertThat(rig.origin().requests(PANEL + "2.mkv")).hasSize(1);
      assertThat(rig.origin().peakConnections()).isEqualTo(1);
    }
  }

  /** What the viewer of a title needs comes before what its operator wants of it. */
  @Test
  void viewer_ofTheTitleItself_joinsAndSeeks() throws Exception {
    StreamLimit budget = StreamLimit.of(1, 403).banAfter(1);
    try (Rig rig = Rig.start().serve(PANEL + "1.mkv", Script.of(FILM).pace(6 * MIB))) {
      rig.origin().budget(budget);
      order(rig, "all", PANEL + "1.mkv");
      rig.origin().awaitRequests(PANEL + "1.mkv", 1);
      try (CheckedStream viewer = rig.stream(PANEL + "1.mkv", FILM)) {
        viewer.awaitBytes(MIB);
        rig.get(PANEL + "1.mkv", "Range: bytes=" + TAIL_START + "-")
            .check(FILM, TAIL_START, FILM.length());
        assertThat(viewer.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      }
      awaitState(rig, PANEL + "1.mkv", "done");
      rig.origin().awaitIdle();
      assertThat(budget.refusals()).isZero();
      assertThat(rig.origin().peakConnections()).isEqualTo(1);
      assertThat(rig.origin().bodyBytes(PANEL + "1.mkv"))
          .isLessThan(FILM.length() + FILM.length() / 10);
    }
  }

  @Test
  void outsideTheHours_waits() throws Exception {
    LocalDateTime noon = LocalDateTime.of(2030, 2, 1, 12, 0);
    FakeClock clock = new FakeClock().setWall(noon.atZone(ZoneId.systemDefault()).toInstant());
    try (Rig rig = Rig.set(clock, "[provider *]", "FILL_HOURS = 23:00-06:00")) {
      rig.serve(PANEL + "1.mkv", Script.of(OTHER));
      order(rig, "ends", PANEL + "1.mkv");
      assertThat(rig.origin().isRequestedWithin(A_WHILE, PANEL + "1.mkv", 1)).isFalse();
      assertThat(awaitState(rig, PANEL + "1.mkv", "running").path("isFetched").asBoolean())
          .isFalse();

      clock.advance(Duration.ofHours(12));
      awaitState(rig, PANEL + "1.mkv", "done");
      assertThat(rig.origin().bodyBytes(PANEL + "1.mkv")).isLessThan(OTHER.length());
    }
  }

  @Test
  void quotaOfNothing_failsWithASentence() throws Exception {
    try (Rig rig = Rig.set("[provider *]", "FILL_QUOTA = 0")) {
      rig.serve(PANEL + "1.mkv", Script.of(OTHER));
      order(rig, "ends", PANEL + "1.mkv");
      JsonNode failed = awaitState(rig, PANEL + "1.mkv", "failed");
      assertThat(failed.path("words").asString()).contains("quota of 0");
      assertThat(rig.origin().requests()).isEmpty();
    }
  }

  @Test
  void failures_areSaid_andTheNextTitleComes() throws Exception {
    try (Rig rig =
        rig().serve(PANEL + "1.mkv", Script.status(404)).serve(PANEL + "2.mkv", Script.of(OTHER))) {
      order(rig, "ends", PANEL + "1.mkv", PANEL + "2.mkv");
      assertThat(awaitState(rig, PANEL + "1.mkv", "failed").path("words").asString())
          .contains("no longer has this title");
      awaitState(rig, PANEL + "2.mkv", "done");
      assertThat(rig.origin().requests(PANEL + "1.mkv")).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void providerWithoutRanges_getsOneRequestForTheHead() throws Exception {
    try (Rig rig = rig().serve(PANEL + "1.mkv", Script.of(FILM).ranges(Script.Ranges.IGNORED))) {
      order(rig, "ends", PANEL + "1.mkv");
      JsonNode done = awaitState(rig, PANEL + "1.mkv", "done");
      assertThat(done.path("words").asString()).contains("only its head is stored");
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests(PANEL + "1.mkv")).hasSize(1);
      assertThat(rig.origin().bodyBytes(PANEL + "1.mkv")).isLessThan(FILM.length());
      rig.get(PANEL + "1.mkv", "Range: bytes=0-" + (HEAD - 1)).check(FILM, 0, HEAD);
      assertThat(rig.origin().requests(PANEL + "1.mkv")).hasSize(1);
    }
  }

  @Test
  void complete_storedTitle_isFetchedToItsEnd() throws Exception {
    try (Rig rig = rig().serve(PANEL + "1.mkv", Script.of(FILM).pace(24 * MIB))) {
      rig.get(PANEL + "1.mkv", "Range: bytes=0-999").check(FILM, 0, 1000);
      rig.restart();
      ApiClient operator = ApiClient.of(rig);
      String complete = "/api/v1/titles/" + idOf(rig, 1) + "/complete";
      JsonNode _ = ok(operator.post(complete, ""));
      awaitState(rig, PANEL + "1.mkv", "done");
      rig.origin().awaitIdle();
      int requests = rig.origin().requests(PANEL + "1.mkv").size();
      rig.get(PANEL + "1.mkv").check(FILM, 0, FILM.length());
      assertThat(rig.origin().requests(PANEL + "1.mkv")).hasSize(requests);
      assertThat(rig.origin().bodyBytes(PANEL + "1.mkv"))
          .isLessThan(FILM.length() + FILM.length() / 10);

      Answer refused = operator.post(complete, "");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(ApiClient.json(refused).path("detail").asString())
          .isEqualTo("All of this title is stored.");
      Answer unknown = operator.post("/api/v1/titles/" + "a".repeat(26) + "/complete", "");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(operator.post(complete, "{\"x\":1}").status()).isEqualTo(400);
    }
  }

  @Test
  void restart_goesOnWithTheQueue() throws Exception {
    Gate gate = new Gate();
    try (Rig rig =
        rig()
            .serve(PANEL + "1.mkv", Script.of(FILM).gate(MIB, gate))
            .serve(PANEL + "2.mkv", Script.of(OTHER))) {
      order(rig, "all", PANEL + "1.mkv", PANEL + "2.mkv");
      ApiClient.of(rig)
          .await(QUEUE, queue -> item(queue, idOf(rig, 1)).path("storedBytes").asLong() >= MIB);
      assertThat(rig.origin().requests(PANEL + "2.mkv")).isEmpty();
      rig.restart();
      gate.open();
      awaitState(rig, PANEL + "1.mkv", "done");
      awaitState(rig, PANEL + "2.mkv", "done");
      rig.get(PANEL + "1.mkv").check(FILM, 0, FILM.length());
      assertThat(rig.origin().requests(PANEL + "1.mkv")).hasSize(2);
      assertThat(rig.origin().bodyBytes(PANEL + "2.mkv")).isEqualTo(OTHER.length());
    }
  }

  @Test
  void allOfATitle_whoseEndsAreBeingFetched_isOneDownload() throws Exception {
    Gate gate = new Gate();
    try (Rig rig = rig().serve(PANEL + "1.mkv", Script.of(FILM).gate(MIB, gate))) {
      order(rig, "ends", PANEL + "1.mkv");
      rig.origin().awaitRequests(PANEL + "1.mkv", 1);
      order(rig, "all", PANEL + "1.mkv");
      assertThat(ok(ApiClient.of(rig).get(QUEUE)).path("items").size()).isEqualTo(1);
      gate.open();
      JsonNode done = awaitState(rig, PANEL + "1.mkv", "done");
      assertThat(done.path("part").asString()).isEqualTo("all");
      assertThat(done.path("storedBytes").asLong()).isEqualTo(FILM.length());
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests(PANEL + "1.mkv")).hasSizeLessThanOrEqualTo(3);
      assertThat(rig.origin().bodyBytes(PANEL + "1.mkv"))
          .isBetween(FILM.length(), FILM.length() + MIB / 4);
    }
  }

  @Test
  void cancel_runningTitle_endsItsConnectionAndStartsTheNext() throws Exception {
    Gate gate = new Gate();
    try (Rig rig =
        rig()
            .serve(PANEL + "1.mkv", Script.of(FILM).gate(MIB, gate))
            .serve(PANEL + "2.mkv", Script.of(OTHER))) {
      order(rig, "all", PANEL + "1.mkv", PANEL + "2.mkv");
      ApiClient operator = ApiClient.of(rig);
      operator.await(QUEUE, queue -> item(queue, idOf(rig, 1)).path("storedBytes").asLong() >= MIB);
      String cancel = QUEUE + "/" + idOf(rig, 1) + "/cancel";
      assertThat(ok(operator.post(cancel, "")).path("state").asString()).isEqualTo("cancelled");
      awaitState(rig, PANEL + "2.mkv", "done");
      awaitState(rig, PANEL + "1.mkv", "cancelled");
      gate.open();
      rig.origin().awaitIdle();
      assertThat(rig.origin().bodyBytes(PANEL + "1.mkv")).isLessThan(FILM.length());
      Answer again = operator.post(cancel, "");
      assertThat(again.status()).isEqualTo(404);
      assertThat(ApiClient.json(again).path("detail").asString()).contains("not in the queue");
    }
  }

  @Test
  void fullCache_keepsWhatIsWatched() throws Exception {
    try (Rig rig =
        Rig.start(20 * MIB)
            .serve(PANEL + "1.mkv", Script.of(OTHER))
            .serve(PANEL + "2.mkv", Script.of(FILM))) {
      rig.get(PANEL + "1.mkv").check(OTHER, 0, OTHER.length());
      order(rig, "all", PANEL + "2.mkv");
      JsonNode failed = awaitState(rig, PANEL + "2.mkv", "failed");
      assertThat(failed.path("words").asString()).contains("no room").contains("CACHE_MAX_BYTES");
      rig.origin().awaitIdle();
      rig.get(PANEL + "1.mkv").check(OTHER, 0, OTHER.length());
      assertThat(rig.origin().requests(PANEL + "1.mkv")).as("it is still stored").hasSize(1);
      assertThat(rig.origin().bodyBytes(PANEL + "2.mkv")).isLessThan(FILM.length() / 2);
    }
  }

  @Test
  void badOrders_getASentence_andAddNothing() throws Exception {
    try (Rig rig = Rig.start()) {
      ApiClient operator = ApiClient.of(rig);
      String good = "\"" + rig.origin().url(PANEL + "1.mkv") + "\"";
      String many = String.join(",", Collections.nCopies(501, "\"http://h/a\""));
      for (List<String> wrong :
          List.of(
              List.of("{}", "urls is a list of 1 to 500"),
              List.of("{\"urls\":[]}", "urls is a list"),
              List.of("{\"urls\":\"http://h/a\"}", "urls is a list"),
              List.of("{\"urls\":[" + many + "]}", "urls is a list of 1 to 500"),
              List.of("{\"urls\":[" + good + "],\"part\":\"half\"}", "part is ends or all"),
              List.of("{\"urls\":[" + good + "],\"part\":1}", "part is ends or all"),
              List.of("{\"urls\":[" + good + "],\"x\":1}", "no properties but urls and part"),
              List.of("{\"urls\":[" + good + ",\"geheim123\"]}", "Number 2 of urls: "),
              List.of("{\"urls\":[" + good + ",7]}", "Number 2 of urls: "),
              List.of("{\"urls\":[\"file:///etc/passwd\"]}", "Number 1 of urls: "),
              List.of("{\"urls\":[\"http://h/live/anna/geheim123/7.ts\"]}", "live channel"))) {
        Answer answer = operator.post(QUEUE, wrong.get(0));
        assertThat(answer.status()).as(wrong.get(0)).isEqualTo(400);
        assertThat(ApiClient.json(answer).path("detail").asString()).contains(wrong.get(1));
        assertThat(answer.text()).doesNotContain("geheim123", "passwd");
      }
      assertThat(ok(operator.get(QUEUE)).path("items").isEmpty()).isTrue();
      assertThat(rig.origin().requests()).isEmpty();
    }
  }

  @Test
  void fullQueue_takesNoMore() throws Exception {
    Gate gate = new Gate();
    try (Rig rig = rig().serve(PANEL + "1.mkv", Script.of(FILM).headGate(gate))) {
      order(rig, "ends", PANEL + "1.mkv");
      ApiClient operator = ApiClient.of(rig);
      for (int batch = 0; batch < 2; batch++) {
        int first = 499 * batch;
        String urls =
            IntStream.range(first, first + 499)
                .mapToObj(film -> "\"" + rig.origin().url(PANEL + "x" + film) + "\"")
                .collect(Collectors.joining(","));
        JsonNode _ = ok(operator.post(QUEUE, "{\"urls\":[" + urls + "]}"));
      }
      assertThat(ok(operator.get(QUEUE)).path("queued").asInt()).isEqualTo(998);
      Answer full = operator.post(QUEUE, order("ends", "http://h/a", "http://h/b"));
      assertThat(full.status()).isEqualTo(409);
      assertThat(ApiClient.json(full).path("detail").asString()).contains("at most 1000 titles");
      assertThat(ok(operator.get(QUEUE)).path("queued").asInt()).isEqualTo(998);
      assertThat(rig.origin().requests().stream().map(RecordedRequest::path).distinct().toList())
          .containsExactly(PANEL + "1.mkv");
      gate.open();
    }
  }
}
