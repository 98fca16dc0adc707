package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.FakeClock;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/** Complete films whose file at the provider changes later. */
final class RevalidationTest {

  private static final String PATH = "/film.mkv";

  /** Larger than the maximum size of a clip. */
  private static final Content FILM = Content.of(/* seed= */ 21, 17 * MIB + 5);

  private static final Content OTHER = Content.of(/* seed= */ 22, 19 * MIB + 1);
  private static final Content SAME_LENGTH = Content.of(/* seed= */ 23, 17 * MIB + 5);
  private static final Content CLIP = Content.of(/* seed= */ 24, 1400 * 1024);
  private static final String A = "User-Agent: player A";
  private static final String B = "User-Agent: player B";

  private final FakeClock clock = new FakeClock().setWall(Instant.now());

  private Rig rig(Script script) throws IOException {
    return Rig.at(clock, Rig.fill()).serve(PATH, script);
  }

  /** Completes the title in the store, then lets more than half a day pass. */
  private void completeAndOld(Rig rig, Content content) throws IOException {
    complete(rig, content);
    clock.advance(Duration.ofHours(13));
  }

  private static void complete(Rig rig, Content content) throws IOException {
    rig.get(PATH, A).check(content, 0, content.length());
    assertThat(rig.get(PATH, A).header("X-Cache")).contains("HIT");
  }

  /** A check of a film that has no final name yet is not remembered over a restart. */
  private static void awaitFinalName(Rig rig) throws IOException {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    boolean isFinal = false;
    while (!isFinal) {
      assertThat(System.nanoTime() - until).isNegative();
      try (Stream<Path> files = Files.walk(rig.cache())) {
        isFinal = files.noneMatch(file -> file.toString().endsWith(".part"));
      } catch (UncheckedIOException renamed) {
        // It gets its name now.
      }
    }
  }

  private static void awaitChecks(Rig rig, String outcome, int count) throws IOException {
    String line = "streamcache_revalidations_total{outcome=\"%s\"} %d.0".formatted(outcome, count);
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String metrics = metrics(rig);
    while (!metrics.contains(line)) {
      assertThat(System.nanoTime() - until).as(metrics).isNegative();
      metrics = metrics(rig);
    }
  }

  private static String metrics(Rig rig) throws IOException {
    return RawClient.get(rig.address(), "/metrics").text();
  }

  private static void assertHit(Answer answer, Content content) {
    assertThat(answer.header("X-Cache")).contains("HIT");
    answer.check(content, 0, content.length());
  }

  @Test
  void check_isOnTheTimeline_asAQueryOfItsAccount() throws IOException {
    try (Rig rig = rig(Script.of(FILM).conditional())) {
      completeAndOld(rig, FILM);
      assertHit(rig.get(PATH), FILM);
      awaitChecks(rig, "unchanged", 1);
      ApiClient.of(rig)
          .await(
              "/api/v1/timeline",
              answer ->
                  answer.text().contains("\"purpose\":\"revalidation\"")
                      && answer.text().contains("\"event\":\"query\""));
      assertThat(rig.origin().requests(PATH)).hasSize(2);
    }
  }

  @Test
  void unchanged_isAskedOnceAnIntervalForNoByte_alsoAfterARestart() throws IOException {
    try (Rig rig = rig(Script.of(FILM).conditional())) {
      complete(rig, FILM);
      awaitFinalName(rig);
      clock.advance(Duration.ofHours(13));
      assertHit(rig.get(PATH), FILM);
      awaitChecks(rig, "unchanged", 1);
      assertThat(rig.origin().requests(PATH)).hasSize(2);
      assertThat(rig.origin().requests(PATH).getLast().header("If-None-Match")).contains("\"v1\"");
      assertThat(rig.origin().requests(PATH).getLast().range()).contains("bytes=0-0");
      assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(FILM.length());
      clock.advance(Duration.ofHours(11));
      rig.restart();
      assertHit(rig.get(PATH), FILM);
      assertHit(rig.get(PATH), FILM);
      assertThat(rig.origin().requests(PATH)).as("the check is remembered").hasSize(2);
      clock.advance(Duration.ofHours(2));
      rig.get(PATH, "Range: bytes=5-9").check(FILM, 5, 10);
      awaitChecks(rig, "unchanged", 1);
      assertThat(rig.origin().requests(PATH)).as("and gets old again").hasSize(3);
      assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(FILM.length());
    }
  }

  @Test
  void unchanged_providerIgnoresConditions_costsOneByte() throws IOException {
    try (Rig rig = rig(Script.of(FILM))) {
      completeAndOld(rig, FILM);
      assertHit(rig.get(PATH), FILM);
      awaitChecks(rig, "unchanged", 1);
      assertThat(rig.origin().requests(PATH)).hasSize(2);
      assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(FILM.length() + 1);
    }
  }

  @Test
  void unchanged_providerIgnoresRangesToo_isCutAtOnce() throws IOException {
    Script script = Script.of(FILM).ranges(Script.Ranges.IGNORED);
    try (Rig rig = rig(script.fromRequest(2, later -> later.pace(2 * MIB)))) {
      completeAndOld(rig, FILM);
      assertHit(rig.get(PATH), FILM);
      awaitChecks(rig, "unchanged", 1);
      rig.origin().awaitIdle();
      assertThat(rig.origin().requests(PATH)).hasSize(2);
      assertThat(rig.origin().bodyBytes(PATH)).isLessThan(FILM.length() + MIB);
    }
  }

  private enum Edge {
    OTHER_TAG(script -> script.etag("\"v2\"")),
    OTHER_DATE(script -> script.etag(null).lastModified("Fri, 02 Jan 2026 00:00:00 GMT")),
    NOTHING(script -> script.etag(null).lastModified(null));

    private final UnaryOperator<Script> change;

    Edge(UnaryOperator<Script> change) {
      this.change = change;
    }
  }

  /** Edge servers of one provider send different validators for the same bytes. */
  @ParameterizedTest
  @EnumSource
  void otherValidators_sameBytes_areComparedAndTheFilmStays(Edge edge) throws IOException {
    try (Rig rig = rig(Script.of(FILM).fromRequest(2, edge.change))) {
      completeAndOld(rig, FILM);
      assertHit(rig.get(PATH), FILM);
      awaitChecks(rig, "unchanged", 1);
      assertThat(rig.origin().requests(PATH)).hasSize(4);
      assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(FILM.length() + 1 + 2 * 64 * 1024);
      assertHit(rig.get(PATH), FILM);
    }
  }

  @Test
  void otherBytesOfTheSameLength_areTheNextPlays() throws IOException {
    Script script = Script.of(FILM).fromRequest(2, s -> s.content(SAME_LENGTH).etag("\"v2\""));
    try (Rig rig = rig(script)) {
      completeAndOld(rig, FILM);
      assertHit(rig.get(PATH), FILM);
      awaitChecks(rig, "changed", 1);
      rig.get(PATH).check(SAME_LENGTH, 0, SAME_LENGTH.length());
      assertHit(rig.get(PATH), SAME_LENGTH);
      assertThat(rig.origin().bodyBytes(PATH))
          .isLessThanOrEqualTo(FILM.length() + SAME_LENGTH.length() + MIB / 4);
    }
  }

  /** Two players, one of which requests its film in parts: neither gets bytes of both files. */
  @Test
  void changed_whoPlaysGoesOnWithTheOldFile_nextPlayGetsTheNew() throws IOException {
    Script script = Script.of(FILM).fromRequest(2, s -> s.content(OTHER).etag("\"v2\""));
    try (Rig rig = rig(script)) {
      completeAndOld(rig, FILM);
      String old = rig.get(PATH, A, "Range: bytes=0-99").check(FILM, 0, 100).header("ETag").get();
      awaitChecks(rig, "changed", 1);
      clock.setWall(Instant.now());

      Answer rest = rig.get(PATH, A, "Range: bytes=9000000-").check(FILM, 9_000_000, FILM.length());
      assertThat(rest.header("ETag")).contains(old);
      Answer fresh = rig.get(PATH, B).check(OTHER, 0, OTHER.length());
      assertThat(fresh.header("ETag")).isPresent().isNotEqualTo(rest.header("ETag"));
      rig.get(PATH, B, "Range: bytes=9000000-9000999").check(OTHER, 9_000_000, 9_001_000);
      rig.get(PATH, A, "Range: bytes=5000-5999").check(FILM, 5000, 6000);
      rig.get(PATH, A, "Range: bytes=0-9").check(OTHER, 0, 10);
      rig.get(PATH, A, "Range: bytes=5000-5999").check(OTHER, 5000, 6000);
      rig.restart();
      assertHit(rig.get(PATH), OTHER);
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(4);
      assertThat(rig.origin().bodyBytes(PATH))
          .isLessThanOrEqualTo(FILM.length() + OTHER.length() + MIB / 4);
    }
  }

  @Test
  void changed_openStreamGoesOnToItsEnd() throws IOException {
    Script script = Script.of(FILM).fromRequest(2, s -> s.content(OTHER).etag("\"v2\""));
    try (Rig rig = rig(script)) {
      completeAndOld(rig, FILM);
      CheckedStream player = rig.stream(PATH, FILM, A).awaitBytes(MIB);
      awaitChecks(rig, "changed", 1);
      assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      player.close();
      rig.get(PATH, B).check(OTHER, 0, OTHER.length());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410, 416, 429, 458, 500, 503})
  void refusal_changesNothing(int status) throws IOException {
    try (Rig rig = rig(Script.of(FILM).fromRequest(2, _ -> Script.status(status)))) {
      completeAndOld(rig, FILM);
      assertHit(rig.get(PATH), FILM);
      awaitChecks(rig, "failed", 1);
      for (int play = 0; play < 5; play++) {
        assertHit(rig.get(PATH), FILM);
      }
      assertThat(rig.origin().requests(PATH)).as("not at each play").hasSize(2);
    }
  }

  /** A panel over its limit sends a clip for every title. */
  @Test
  void clipInPlaceOfAFilm_isNoChange() throws IOException {
    Script script = Script.of(FILM).fromRequest(2, s -> s.content(CLIP).etag("\"clip\""));
    try (Rig rig = rig(script)) {
      completeAndOld(rig, FILM);
      assertHit(rig.get(PATH), FILM);
      awaitChecks(rig, "failed", 1);
      assertHit(rig.get(PATH), FILM);
    }
  }

  @Test
  void pageInPlaceOfAFilm_isNoChange() throws IOException {
    String page = "<html>" + "<p>log in</p>".repeat(1 << 20);
    Script script = Script.of(FILM).fromRequest(2, _ -> Script.status(200, "text/html", page));
    try (Rig rig = rig(script)) {
      completeAndOld(rig, FILM);
      assertHit(rig.get(PATH), FILM);
      awaitChecks(rig, "failed", 1);
      assertHit(rig.get(PATH), FILM);
    }
  }

  @Test
  void silentProvider_nobodyWaitsAndNobodyElseAsks() throws IOException {
    Gate never = new Gate();
    try (Rig rig = rig(Script.of(FILM).fromRequest(2, s -> s.headGate(never)))) {
      completeAndOld(rig, FILM);
      assertHit(rig.get(PATH), FILM);
      rig.origin().awaitRequests(PATH, 2);
      assertHit(rig.get(PATH, A), FILM);
      assertHit(rig.get(PATH, B, "Cache-Control: no-cache"), FILM);
      assertThat(rig.origin().requests(PATH)).hasSize(2);
    }
  }

  @Test
  void noInterval_neverAsks() throws IOException {
    try (Rig rig = Rig.at(clock, Rig.fill().with(Duration.ZERO))) {
      rig.serve(PATH, Script.of(FILM).fromRequest(2, s -> s.content(OTHER).etag("\"v2\"")));
      complete(rig, FILM);
      clock.advance(Duration.ofDays(4000));
      assertHit(rig.get(PATH), FILM);
      assertHit(rig.get(PATH, "Cache-Control: no-cache"), FILM);
      assertThat(rig.origin().isRequestedWithin(Duration.ofMillis(300), PATH, 2)).isFalse();
    }
  }
}
