package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.Script;

/** One download per title, however many viewers come and when (issue: one download for all). */
final class OneDownloadTest {

  private static final Content FILM = Content.of(1, 16 * MIB + 4321);

  @Test
  void play_coldTitle_isAnsweredFromOneRequest() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      Answer answer = rig.get("/film.mkv");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.endedCleanly()).isTrue();
      answer.check(FILM, 0, FILM.length());
      assertThat(answer.header("X-Cache")).contains("MISS");
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
      assertThat(rig.origin().bodyBytes("/film.mkv")).isEqualTo(FILM.length());
    }
  }

  @Test
  void play_completeTitle_asksNothingUpstream() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      Answer again = rig.get("/film.mkv", "Range: bytes=1000000-1999999");
      assertThat(again.status()).isEqualTo(206);
      assertThat(again.header("X-Cache")).contains("HIT");
      again.check(FILM, 1_000_000, 2_000_000);
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
    }
  }

  @Test
  void play_sixtyFourPlayersTogether_costOneRequest() throws IOException {
    Gate gate = new Gate();
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM).gate(MIB, gate))) {
      List<CheckedStream> players = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        players.add(rig.stream("/film.mkv", FILM));
      }
      for (CheckedStream player : players) {
        player.awaitBytes(MIB);
      }
      gate.open();
      for (CheckedStream player : players) {
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        assertThat(player.bytes()).isEqualTo(FILM.length());
        player.close();
      }
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
      assertThat(rig.origin().bodyBytes("/film.mkv")).isEqualTo(FILM.length());
    }
  }

  @Test
  void play_joinMidway_getsWhatIsThereAndThenFollows() throws IOException {
    Gate gate = new Gate();
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM).gate(3 * MIB, gate))) {
      CheckedStream first = rig.stream("/film.mkv", FILM).awaitBytes(3 * MIB);
      CheckedStream second = rig.stream("/film.mkv", FILM, "Range: bytes=1048576-");
      second.awaitBytes(2 * MIB);
      assertThat(second.awaitHead().status()).isEqualTo(206);
      assertThat(second.awaitHead().headers().first("X-Cache")).contains("FOLLOW");
      gate.open();
      assertThat(first.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(second.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(second.bytes()).isEqualTo(FILM.length() - MIB);
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
      first.close();
      second.close();
    }
  }

  @Test
  void leave_onlyPlayer_fillGoesOnToTheEnd() throws IOException {
    Gate gate = new Gate();
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM).gate(2 * MIB, gate))) {
      CheckedStream player = rig.stream("/film.mkv", FILM).awaitBytes(MIB);
      player.reset();
      gate.open();
      rig.origin().requests("/film.mkv").getFirst().awaitEnd();
      Answer again = rig.get("/film.mkv");
      again.check(FILM, 0, FILM.length());
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
      assertThat(rig.origin().bodyBytes("/film.mkv")).isEqualTo(FILM.length());
    }
  }

  @Test
  void restart_completeTitle_isAHitWithTheSameTag() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      Answer cold = rig.get("/film.mkv");
      rig.restart();
      Answer warm = rig.get("/film.mkv");
      warm.check(FILM, 0, FILM.length());
      assertThat(warm.header("X-Cache")).contains("HIT");
      assertThat(warm.header("ETag")).isEqualTo(cold.header("ETag"));
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
    }
  }

  @Test
  void restart_partialTitle_keepsItsBytesAndResumes() throws IOException {
    Gate gate = new Gate();
    try (Rig rig =
        Rig.start()
            .serve(
                "/film.mkv", Script.of(FILM).onRequest(1, script -> script.gate(5 * MIB, gate)))) {
      CheckedStream player = rig.stream("/film.mkv", FILM).awaitBytes(5 * MIB);
      String etag = player.awaitHead().headers().first("ETag").orElseThrow();
      player.close();
      rig.restart();
      gate.open();
      Answer again = rig.get("/film.mkv");
      again.check(FILM, 0, FILM.length());
      assertThat(again.header("ETag")).contains(etag);
      assertThat(rig.origin().requests("/film.mkv")).hasSize(2);
      assertThat(rig.origin().requests("/film.mkv").getLast().range())
          .contains("bytes=" + 5 * MIB + "-");
    }
  }

  @Test
  void head_unknownTitle_costsOneSmallRequestThatTheFillContinues() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM).headRefused())) {
      Answer head = rig.head("/film.mkv");
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Length")).contains(Long.toString(FILM.length()));
      assertThat(rig.origin().bodyBytes("/film.mkv")).isEqualTo(64 * 1024);
      Answer answer = rig.get("/film.mkv");
      answer.check(FILM, 0, FILM.length());
      assertThat(answer.header("ETag")).isEqualTo(head.header("ETag"));
      assertThat(answer.header("Content-Type")).isEqualTo(head.header("Content-Type"));
      assertThat(rig.origin().bodyBytes("/film.mkv")).isEqualTo(FILM.length());
      assertThat(rig.head("/film.mkv").status()).isEqualTo(200);
      assertThat(rig.origin().requests("/film.mkv")).hasSize(2);
    }
  }
}
