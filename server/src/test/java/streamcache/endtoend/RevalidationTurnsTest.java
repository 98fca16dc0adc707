package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.settings.RequireSigned;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.FakeClock;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/** When the server checks for a changed file, and which connection yields to which. */
final class RevalidationTurnsTest {

  private static final String PATH = "/movie/anna/secret/1.mkv";
  private static final String SECOND = "/movie/anna/secret/2.mkv";
  private static final Content FILM = Content.of(/* seed= */ 31, 17 * MIB + 5);
  private static final Content OTHER = Content.of(/* seed= */ 32, 18 * MIB);
  private static final Content CLIP = Content.of(/* seed= */ 33, 1400 * 1024);

  private final FakeClock clock = new FakeClock().setWall(Instant.now());

  private Rig rig(Script script) throws IOException {
    return Rig.at(clock, Rig.fill()).serve(PATH, script);
  }

  private static void complete(Rig rig, Content content) throws IOException {
    rig.get(PATH).check(content, 0, content.length());
    assertHit(rig.get(PATH), content);
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

  /** The account allows one connection, and another of its films is playing. */
  @Test
  void accountInUse_checkIsLeftOutAndMadeUpFor() throws IOException {
    Gate gate = new Gate();
    try (Rig rig = rig(Script.of(FILM))) {
      rig.serve(SECOND, Script.of(OTHER).gate(4 * MIB, gate));
      complete(rig, FILM);
      clock.advance(Duration.ofHours(13));
      CheckedStream player = rig.stream(SECOND, OTHER).awaitBytes(4 * MIB);
      assertHit(rig.get(PATH), FILM);
      awaitChecks(rig, "skipped", 1);
      assertThat(rig.origin().requests(PATH)).hasSize(1);
      assertThat(rig.origin().requests(SECOND)).as("nor is the film cut for it").hasSize(1);
      gate.open();
      player.awaitEnd();
      player.close();
      clock.advance(Duration.ofMinutes(1));
      assertHit(rig.get(PATH), FILM);
      awaitChecks(rig, "unchanged", 1);
      assertThat(rig.origin().peakExchanges()).isEqualTo(1);
    }
  }

  /** The check holds the only slot of the account when a viewer opens another film. */
  @Test
  void playerOfTheAccount_comesDuringACheck_getsItsPlaceAtOnce() throws IOException {
    Gate never = new Gate();
    try (Rig rig = rig(Script.of(FILM).fromRequest(2, s -> s.headGate(never)))) {
      rig.serve(SECOND, Script.of(OTHER));
      complete(rig, FILM);
      clock.advance(Duration.ofHours(13));
      assertHit(rig.get(PATH), FILM);
      rig.origin().awaitRequests(PATH, 2);
      rig.get(SECOND).check(OTHER, 0, OTHER.length());
      awaitChecks(rig, "skipped", 1);
      assertHit(rig.get(PATH), FILM);
      assertThat(rig.origin().peakExchanges()).as("one connection at a time").isEqualTo(1);
      assertThat(rig.origin().requests(PATH)).hasSize(2);
    }
  }

  @Test
  void manyViewersAtOnce_areOneCheck() throws Exception {
    Gate gate = new Gate();
    try (Rig rig = rig(Script.of(FILM).fromRequest(2, s -> s.headGate(gate)));
        ExecutorService players = Executors.newVirtualThreadPerTaskExecutor()) {
      complete(rig, FILM);
      clock.advance(Duration.ofHours(13));
      List<Future<Answer>> answers = new ArrayList<>();
      for (int player = 0; player < 8; player++) {
        answers.add(players.submit(() -> rig.get(PATH, "Range: bytes=100-999999")));
      }
      for (Future<Answer> answer : answers) {
        answer.get().check(FILM, 100, 1_000_000);
      }
      rig.origin().awaitRequests(PATH, 2);
      gate.open();
      awaitChecks(rig, "unchanged", 1);
      assertThat(rig.origin().requests(PATH)).hasSize(2);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** The clip that a debrid service sends behind its redirect until the film is ready. */
  @Test
  void clipBehindARedirect_nextPlaysGetTheFilm() throws IOException {
    try (Rig rig = rig(Script.redirect("/not-ready.mp4"))) {
      rig.serve("/not-ready.mp4", Script.of(CLIP).etag("\"clip\"").conditional());
      rig.serve("/ready.mkv", Script.of(FILM).etag("\"film\"").conditional());
      complete(rig, CLIP);
      assertHit(rig.get(PATH), CLIP);
      assertThat(rig.origin().requests("/not-ready.mp4")).as("not within 30 s").hasSize(1);
      clock.advance(Duration.ofMinutes(1));
      assertHit(rig.get(PATH), CLIP);
      awaitChecks(rig, "unchanged", 1);
      rig.serve(PATH, Script.redirect("/ready.mkv"));
      clock.advance(Duration.ofMinutes(1));
      assertHit(rig.get(PATH), CLIP);
      awaitChecks(rig, "changed", 1);
      rig.get(PATH).check(FILM, 0, FILM.length());
      rig.get(PATH, "Range: bytes=9000000-").check(FILM, 9_000_000, FILM.length());
      rig.restart();
      assertHit(rig.get(PATH), FILM);
      assertThat(rig.origin().requests("/not-ready.mp4")).hasSize(2);
      assertThat(rig.origin().bodyBytes("/ready.mkv")).isLessThanOrEqualTo(FILM.length() + MIB / 4);
    }
  }

  /** Its header states a duration of one minute, whatever its size. */
  @Test
  void shortFilm_isAClipWhateverItsSize() throws IOException {
    byte[] head =
        HexFormat.of()
            .parseHex(
                "1a45dfa3844286810118538067"
                    + "01ffffffffffffff"
                    + "1549a96687"
                    + "448984476a6000");
    Content minute =
        Content.computed(
            20 * MIB,
            (offset, into) -> {
              while (into.hasRemaining()) {
                into.put(
                    offset < head.length ? head[(int) offset] : FILM.at(offset % FILM.length()));
                offset++;
              }
            });
    try (Rig rig = rig(Script.of(minute).conditional())) {
      complete(rig, minute);
      clock.advance(Duration.ofMinutes(1));
      assertHit(rig.get(PATH), minute);
      awaitChecks(rig, "unchanged", 1);
      assertThat(rig.origin().requests(PATH)).hasSize(2);
    }
  }

  @Test
  void longFilm_isNoClip() throws IOException {
    try (Rig rig = rig(Script.of(FILM).conditional())) {
      complete(rig, FILM);
      clock.advance(Duration.ofMinutes(1));
      assertHit(rig.get(PATH), FILM);
      assertThat(rig.origin().isRequestedWithin(Duration.ofMillis(300), PATH, 2)).isFalse();
    }
  }

  @Test
  void recordingThatGrew_isPlayedWhole() throws IOException {
    Content before = Content.of(/* seed= */ 34, 10 * MIB);
    Content after = Content.of(/* seed= */ 34, 30 * MIB);
    Script script = Script.of(before).etag(null);
    try (Rig rig = rig(script)) {
      complete(rig, before);
      rig.serve(PATH, script.content(after).lastModified("Fri, 02 Jan 2026 00:00:00 GMT"));
      clock.advance(Duration.ofMinutes(1));
      assertHit(rig.get(PATH), before);
      awaitChecks(rig, "changed", 1);
      rig.get(PATH).check(after, 0, after.length());
      rig.get(PATH, "Range: bytes=20000000-").check(after, 20_000_000, after.length());
      assertThat(rig.origin().bodyBytes(PATH))
          .isLessThanOrEqualTo(before.length() + after.length() + MIB / 4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cache-Control: max-age=0, no-cache", "Pragma: no-cache"})
  void noCache_ofATrustedClient_asksAtOnceButNotAgainAndAgain(String field) throws IOException {
    try (Rig rig = rig(Script.of(FILM).fromRequest(2, s -> s.content(OTHER).etag("\"v2\"")))) {
      complete(rig, FILM);
      for (int range = 0; range < 20; range++) {
        rig.get(PATH, field, "Range: bytes=1000-1999");
      }
      awaitChecks(rig, "changed", 1);
      rig.get(PATH, field).check(OTHER, 0, OTHER.length());
      assertThat(rig.origin().requests(PATH)).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void noCache_ofAStranger_isNoReason() throws IOException {
    String stranger = "X-Forwarded-For: 203.0.113.7";
    try (Rig rig =
        Rig.asking(RequireSigned.OFF, InetAddress.getLoopbackAddress().getHostAddress())) {
      rig.serve(PATH, Script.of(FILM));
      complete(rig, FILM);
      assertHit(rig.get(PATH, stranger, "Cache-Control: no-cache"), FILM);
      assertThat(rig.origin().isRequestedWithin(Duration.ofMillis(300), PATH, 2)).isFalse();
      assertThat(metrics(rig)).doesNotContain("streamcache_revalidations");
    }
  }
}
