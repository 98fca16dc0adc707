package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Fields;
import streamcache.testkit.Gate;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Framing;
import streamcache.testkit.Script.Ranges;

/** Television sets offer to seek only if the server says in DLNA's words that it can. */
final class DlnaTest {

  private static final Content FILM = Content.of(13, 2 * MIB);
  private static final String ASKS = "getcontentFeatures.dlna.org: 1";
  private static final String SEEKS =
      "DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000000000000000000000000000";
  private static final String PLAYS = SEEKS.replace("OP=01", "OP=00");

  private static Optional<String> features(Answer answer) {
    return answer.header("contentFeatures.dlna.org");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void question_isAnsweredColdAndFromTheStore(String method) throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      for (int run = 0; run < 2; run++) {
        Answer answer =
            method.equals("GET") ? rig.get("/film.mkv", ASKS) : rig.head("/film.mkv", ASKS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(features(answer)).contains(SEEKS);
        assertThat(answer.header("transferMode.dlna.org")).contains("Streaming");
        // As devices of DLNA write them, not in Title-Case.
        assertThat(answer.headers().all())
            .extracting(Fields.Field::name)
            .contains("contentFeatures.dlna.org", "transferMode.dlna.org");
        Answer part = rig.get("/film.mkv", ASKS, "Range: bytes=100-199");
        assertThat(features(part.check(FILM, 100, 200))).contains(SEEKS);
        assertThat(features(rig.get("/film.mkv", ASKS, "Range: bytes=0-1,9-10"))).contains(SEEKS);
        rig.get("/film.mkv");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2", "true", "01", ""})
  void question_notOne_isNone(String value) throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      Answer answer = rig.get("/film.mkv", "getcontentFeatures.dlna.org: " + value);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(features(answer)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Streaming,   Streaming",
    "streaming,   Streaming",
    "Interactive, Interactive",
    "BACKGROUND,  Background",
    "Teleport,    Streaming",
    "a\tb,        Streaming",
  })
  void transferMode_isEchoed(String asked, String answered) throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      for (int run = 0; run < 2; run++) {
        Answer answer = rig.get("/film.mkv", "TransferMode.DLNA.org: " + asked, "Range: bytes=0-9");
        assertThat(answer.headers().values("transferMode.dlna.org")).containsExactly(answered);
        assertThat(features(answer)).isEmpty();
        rig.get("/film.mkv");
      }
    }
  }

  @Test
  void otherPlayers_getNothingOfIt() throws IOException {
    try (Rig rig = Rig.start().serve("/film.mkv", Script.of(FILM))) {
      for (int run = 0; run < 2; run++) {
        Answer answer = rig.get("/film.mkv", "timeSeekRange.dlna.org: npt=0-", "X.dlna.org: 1");
        assertThat(answer.headers().toString()).doesNotContainIgnoringCase("dlna");
      }
    }
  }

  /** A range that waits for the download of all before it is no seek. */
  @ParameterizedTest
  @CsvSource({
    "HONOURED, LENGTH,  true",
    "IGNORED,  LENGTH,  true",
    "UNKNOWN,  LENGTH,  false",
    "UNKNOWN,  CHUNKED, false",
    "UNKNOWN,  CLOSE,   false",
  })
  void filling_isSeekableIfTheProviderIs(Ranges ranges, Framing framing, boolean isSeekable)
      throws IOException {
    Gate gate = new Gate();
    Script script = Script.of(FILM).ranges(ranges).framing(framing).gate(MIB, gate);
    try (Rig rig = Rig.start().serve("/film.mkv", script)) {
      CheckedStream player = rig.stream("/film.mkv", FILM, ASKS).awaitBytes(MIB);
      assertThat(player.awaitHead().headers().first("contentFeatures.dlna.org"))
          .contains(isSeekable ? SEEKS : PLAYS);
      gate.open();
      player.awaitEnd();
      player.close();

      assertThat(features(rig.get("/film.mkv", ASKS, "Range: bytes=0-9"))).contains(SEEKS);
      assertThat(rig.origin().requests("/film.mkv")).hasSize(1);
    }
  }

  @Test
  void noRange_inTheBlockOfTheProvider_isNotSeekable() throws IOException {
    Gate gate = new Gate();
    try (Rig rig = Rig.set("[provider %s]", "NO_RANGE = 1")) {
      rig.serve("/film.mkv", Script.of(FILM).gate(MIB, gate));
      CheckedStream player = rig.stream("/film.mkv", FILM, ASKS).awaitBytes(MIB);

      assertThat(player.awaitHead().headers().first("contentFeatures.dlna.org")).contains(PLAYS);

      gate.open();
      player.awaitEnd();
      player.close();
    }
  }

  @Test
  void clip_insteadOfAFilm_isSeekable() throws IOException {
    try (Rig rig = Rig.start().serve("/gone.mkv", Script.status(404))) {
      Answer clip =
          rig.get("/gone.mkv", "User-Agent: VLC/3.0.24 LibVLC/3.0.24", ASKS, "Range: bytes=0-9");

      assertThat(clip.header("Content-Type")).contains("video/mp4");
      assertThat(features(clip)).contains(SEEKS);
      assertThat(features(rig.get("/gone.mkv", ASKS))).isEmpty();
    }
  }
}
