package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Framing;
import streamcache.testkit.Script.Ranges;

/** Streamcache whose provider is another Streamcache, of a film whose length nobody knows (b36). */
final class BehindItselfTest {

  private static final String PATH = "/film.mkv";
  private static final Content FILM = Content.of(/* seed= */ 36, 3 * MIB + 5);

  @ParameterizedTest
  @EnumSource(names = {"CHUNKED", "CLOSE"})
  void unknownLength_playsWhileItArrives_andIsFetchedOnce(Framing framing) throws IOException {
    Gate gate = new Gate();
    try (Rig near = Rig.start();
        Rig far = Rig.start()) {
      far.serve(PATH, Script.of(FILM).ranges(Ranges.UNKNOWN).framing(framing).gate(MIB, gate));
      String link =
          near.linkTo("http://127.0.0.1:" + far.address().getPort() + far.link(PATH) + PATH);
      try (CheckedStream player = RawClient.stream(near.address(), link, FILM)) {
        player.awaitBytes(MIB);
        assertThat(player.awaitHead().headers().first("Content-Length")).isEmpty();
        Answer part = RawClient.get(near.address(), link, "Range: bytes=1000-1999");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.check(FILM, 1000, 2000).header("Content-Range"))
            .contains("bytes 1000-1999/*");
        gate.open();
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        assertThat(player.bytes()).isEqualTo(FILM.length());
      }
      Answer again = RawClient.get(near.address(), link).check(FILM, 0, FILM.length());
      assertThat(again.header("X-Cache")).contains("HIT");
      assertThat(again.header("Content-Length")).contains(Long.toString(FILM.length()));
      assertThat(far.origin().requests(PATH)).hasSize(1);
      assertThat(far.origin().bodyBytes(PATH)).isEqualTo(FILM.length());
    }
  }

  /** The far one is cut in the middle and resumes; the near one does not notice. */
  @ParameterizedTest
  @EnumSource(names = {"CHUNKED", "CLOSE"})
  void lengthInTheRangeOnly_cutAtTheFarOne_nearOneGetsTheWhole(Framing framing) throws IOException {
    try (Rig near = Rig.start();
        Rig far = Rig.start()) {
      Script film = Script.of(FILM).framing(framing).etag("\"one\"");
      far.serve(PATH, film.onRequest(1, first -> first.cutAfter(MIB, Cut.RESET)));
      String link =
          near.linkTo("http://127.0.0.1:" + far.address().getPort() + far.link(PATH) + PATH);
      Answer answer = RawClient.get(near.address(), link);
      assertThat(answer.endedCleanly()).isTrue();
      answer.check(FILM, 0, FILM.length());
      assertThat(far.origin().requests(PATH)).hasSize(2);
      assertThat(far.origin().bodyBytes(PATH)).isLessThan(FILM.length() + MIB);
    }
  }
}
