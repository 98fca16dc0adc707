package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.RawClient;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** A provider that sets a cookie with the film and refuses later ranges without it (412). */
final class CookieTest {

  private static final String PATH = "/film.mkv";
  private static final Content FILM = Content.of(/* seed= */ 6, 12 * MIB + 7);

  private static void serve(ScriptedOrigin origin, Script script) {
    origin.on(
        PATH,
        wire -> {
          RecordedRequest request = wire.request();
          boolean isFirst = request.range().orElse("").startsWith("bytes=0-");
          boolean isKnown = request.header("Cookie").orElse("").contains("sid=canary");
          wire.play(
              isFirst || isKnown
                  ? script.header("Set-Cookie", "sid=canary; Path=/").at(request.number())
                  : Script.status(412));
        });
  }

  @Test
  void cut_atHalf_isResumedWithTheCookie_whichNoPlayerSees() throws IOException {
    try (Rig rig = Rig.start()) {
      serve(rig.origin(), Script.of(FILM).onRequest(1, first -> first.cutAfter(6 * MIB, Cut.FIN)));
      Answer answer = rig.get(PATH);
      assertThat(answer.endedCleanly()).isTrue();
      answer.check(FILM, 0, FILM.length());
      assertThat(answer.header("Set-Cookie")).isEmpty();
      assertThat(rig.origin().requests(PATH)).hasSize(2);
      assertThat(rig.origin().bodyBytes(PATH)).isEqualTo(FILM.length());
    }
  }

  @Test
  void farRange_coldTitle_isTwoRequests() throws IOException {
    try (Rig rig = Rig.start()) {
      serve(rig.origin(), Script.of(FILM));
      rig.get(PATH, "Range: bytes=10000000-10000999").check(FILM, 10_000_000, 10_001_000);
      assertThat(rig.origin().requests(PATH).getFirst().range()).contains("bytes=0-4095");
      assertThat(rig.origin().requests(PATH).get(1).header("Cookie")).contains("sid=canary");
    }
  }

  @Test
  void restart_partlyStored_cookieIsSetAgainByTheBeginning() throws IOException {
    try (Rig rig = Rig.start()) {
      serve(rig.origin(), Script.of(FILM).pace(MIB));
      rig.get(PATH, "Range: bytes=0-99999").check(FILM, 0, 100_000);
      rig.restart();
      serve(rig.origin(), Script.of(FILM));
      int before = rig.origin().requests(PATH).size();
      rig.get(PATH).check(FILM, 0, FILM.length());
      List<RecordedRequest> after = rig.origin().requests(PATH);
      assertThat(after.subList(before, after.size()))
          .extracting(RecordedRequest::status)
          .containsExactly(412, 206, 206);
    }
  }

  /** Referer of the link, not of the player; credentials stay where they belong. */
  @Test
  void redirect_headersOfTheLink_goAlong_thoseOfThePlayerDoNot() throws IOException {
    try (ScriptedOrigin cdn = ScriptedOrigin.start().serve(PATH, Script.of(FILM));
        Rig rig = Rig.start()) {
      rig.serve(PATH, Script.redirect(cdn.url(PATH)));
      String url =
          rig.origin().url(PATH) + "|Referer=http://site.example/&Cookie=a=b&Authorization=Basic x";
      RawClient.get(rig.address(), rig.linkTo(url), "Referer: http://player/", "Cookie: p=1")
          .check(FILM, 0, FILM.length());
      rig.serve("/plain.mkv", Script.redirect(cdn.url(PATH)));
      rig.get("/plain.mkv", "Referer: http://player/", "Cookie: p=1");
      RecordedRequest asked = rig.origin().requests(PATH).getFirst();
      assertThat(asked.header("Referer")).contains("http://site.example/");
      assertThat(asked.header("Cookie")).contains("a=b");
      assertThat(asked.header("Authorization")).contains("Basic x");
      RecordedRequest named = cdn.requests(PATH).getFirst();
      assertThat(named.header("Referer")).contains("http://site.example/");
      assertThat(named.header("Cookie")).isEmpty();
      assertThat(named.header("Authorization")).isEmpty();
      assertThat(cdn.requests(PATH).getLast().header("Referer")).isEmpty();
    }
  }
}
