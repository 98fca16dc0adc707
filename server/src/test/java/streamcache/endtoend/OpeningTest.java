package streamcache.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Answer;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;

/** Opening a film of which nothing is known, at a provider that is not at its best. */
final class OpeningTest {

  private static final String PATH = "/film.mkv";
  private static final Content FILM = Content.of(/* seed= */ 9, MIB + 3);

  /** In nanoseconds, but for what the two ends of a connection may see of it differently. */
  private static final long SECOND = 950_000_000;

  /** One such failure was reported to the player at once; two seconds later all was well (b22). */
  @ParameterizedTest
  @ValueSource(ints = {202, 408, 421, 425, 500, 502, 503, 504, 520, 523, 527, 530})
  void oneBriefFailure_playerGetsTheFilm(int status) throws IOException {
    Script script = Script.of(FILM).onRequest(1, _ -> Script.status(status));
    try (Rig rig = Rig.start().serve(PATH, script)) {
      rig.get(PATH).check(FILM, 0, FILM.length());
      assertThat(rig.origin().requests(PATH)).hasSize(2);
      assertThat(rig.origin().requests(PATH).getLast().range()).contains("bytes=0-");
    }
  }

  @Test
  void lastingFailure_playerIsToldAfterAFewAttempts() throws IOException {
    try (Rig rig = Rig.start().serve(PATH, Script.status(504))) {
      assertThat(rig.get(PATH).status()).isEqualTo(502);
      assertThat(rig.origin().requests(PATH)).hasSize(4);
    }
  }

  /** The second response asks for more time than the first (b37). */
  @ParameterizedTest
  @ValueSource(ints = {202, 425, 503})
  void providerSaysWhenToComeBack_isAwaitedEachTime(int status) throws IOException {
    Script wait =
        Script.status(status)
            .header("Date", "Sun, 01 Mar 2020 00:00:00 GMT")
            .header("Retry-After", "Sun, 01 Mar 2020 00:00:02 GMT");
    Script script =
        Script.of(FILM)
            .onRequest(1, _ -> Script.status(status).header("Retry-After", "1"))
            .onRequest(2, _ -> wait);
    try (Rig rig = Rig.start().serve(PATH, script)) {
      rig.get(PATH).check(FILM, 0, FILM.length());
      List<RecordedRequest> requests = rig.origin().requests(PATH);
      assertThat(requests).hasSize(3);
      // Without Retry-After the pauses would be half a second and a second.
      assertThat(requests.get(1).nanos() - requests.get(0).nanos()).isGreaterThan(SECOND);
      assertThat(requests.get(2).nanos() - requests.get(1).nanos()).isGreaterThan(2 * SECOND);
    }
  }

  /** 68 bytes are enough to know a Matroska file. */
  @Test
  void providerPausesAfterItsFirstBytes_playerHasThemMeanwhile() throws IOException {
    byte[] film = FILM.bytes();
    byte[] head = "\u001aE\u00df\u00a3\u0093B\u0082\u0088matroska\0".getBytes(ISO_8859_1);
    System.arraycopy(head, 0, film, 0, head.length);
    Content content = Content.ofBytes(film);
    Gate rest = new Gate();
    for (Script.Framing framing : Script.Framing.values()) {
      Script script = Script.of(content).framing(framing).gate(68, rest);
      try (Rig rig = Rig.start().serve(PATH, script);
          CheckedStream player = rig.stream(PATH, content).awaitBytes(68)) {
        assertThat(rest.isOpen()).isFalse();
        assertThat(player.bytes()).isEqualTo(68);
        assertThat(rig.origin().requests(PATH)).hasSize(1);
      }
    }
    rest.open();
  }

  /** Capped responses are no fault of the provider (b01). */
  @Test
  void cappedAnswers_haveAnEndingOfTheirOwn() throws IOException {
    try (Rig rig = Rig.start().serve(PATH, Script.of(FILM).cap(300_000))) {
      rig.get(PATH).check(FILM, 0, FILM.length());
      rig.origin().awaitIdle();
      String metrics = RawClient.get(rig.address(), "/metrics").text();
      assertThat(metrics).contains("connections_total{ending=\"capped\"} 3.0");
      assertThat(metrics).doesNotContain("ending=\"broken\"");
    }
  }

  /** The last type is one of which nothing is known, so that only the bytes can tell. */
  @ParameterizedTest
  @ValueSource(
      strings = {"application/x-cd-image", "application/octet-stream", "application/x-other"})
  void discImage_isToldAsOne(String declared) throws IOException {
    byte[] disc = new byte[(int) MIB];
    disc[32_768] = 1;
    System.arraycopy("CD001".getBytes(ISO_8859_1), 0, disc, 32_769, 5);
    Script script = Script.of(Content.ofBytes(disc)).type(declared);
    try (Rig rig = Rig.start().serve("/film", script).serve("/disc.iso", script)) {
      for (String path : new String[] {"/film", "/disc.iso"}) {
        Answer answer = rig.get(path);
        assertThat(answer.body()).isEqualTo(disc);
        assertThat(answer.header("Content-Type")).contains("application/x-iso9660-image");
        assertThat(rig.origin().requests(path)).hasSize(1);
      }
    }
  }
}
