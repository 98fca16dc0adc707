package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Content;
import streamcache.testkit.FakeClock;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.Wire;

/** Cookies that come with the film itself, and headers that follow redirects. */
class HttpOriginCookieTest {

  private static final Instant NOW = Instant.parse("2030-02-01T12:00:00Z");

  private final Content film = Content.of(1, 300_000);
  private final FakeClock clock = new FakeClock().setWall(NOW);
  private final ScriptedOrigin panel = ScriptedOrigin.start();
  private final ScriptedOrigin cdn = ScriptedOrigin.start();
  private final HttpOrigin origin = Fetches.origin(ProviderProfiles.inMemory(clock));

  @AfterEach
  void closeAll() {
    origin.close();
    panel.close();
    cdn.close();
  }

  /** Refuses every range but the first with this status if its cookie is missing. */
  private void demandCookie(ScriptedOrigin of, int status, String setCookie) {
    of.on(
        "/film.mkv",
        wire -> {
          boolean isLater = !wire.request().range().orElse("").startsWith("bytes=0-");
          boolean isRefused = isLater && cookie(wire).isEmpty();
          wire.play(
              isRefused ? Script.status(status) : Script.of(film).header("Set-Cookie", setCookie));
        });
  }

  private static Optional<String> cookie(Wire wire) {
    return wire.request().header("Cookie");
  }

  private void play(HttpOrigin from, Fetch fetch) throws OriginException {
    try (Upstream upstream = from.open(fetch)) {
      film.check(fetch.start(), Fetches.drain(upstream));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "412, sid=1",
    "403, sid=1",
    "401, sid=1; Path=/",
    "404, sid=1; HttpOnly; SameSite=Lax",
    "428, sid=1; Max-Age=3600",
    "461, 'sid=1; Expires=Thu, 01 Jan 2099 00:00:00 GMT'",
  })
  void open_cookieOfTheFilm_isSentWithLaterRanges(int status, String setCookie)
      throws OriginException {
    demandCookie(panel, status, setCookie);
    String url = panel.url("/film.mkv");
    play(origin, Fetches.whole(url));
    play(origin, Fetches.from(url, 200_000));
    play(origin, Fetches.from(url, 9));
    assertThat(panel.requests())
        .extracting(request -> request.header("Cookie").orElse(""))
        .containsExactly("", "sid=1", "sid=1");
  }

  @Test
  void open_cookieOfTheFilmBehindARedirect_isSentAlsoAfterResolvingAgain() throws OriginException {
    demandCookie(cdn, 412, "sid=1");
    panel.serve(
        "/film.mkv", Script.redirect(cdn.url("/film.mkv").replace("127.0.0.1", "localhost")));
    String url = panel.url("/film.mkv");
    play(origin, Fetches.whole(url));
    play(origin, Fetches.from(url, 200_000));
    assertThat(panel.requests()).as("the target is reused").hasSize(1);
    clock.setWall(NOW.plus(Duration.ofHours(5)));
    play(origin, Fetches.from(url, 200_000));
    assertThat(panel.requests()).as("it is too old").hasSize(2);
    assertThat(panel.requests())
        .as("it belongs to the other host")
        .allMatch(request -> request.header("Cookie").isEmpty());
    assertThat(cdn.requests())
        .extracting(request -> request.header("Cookie").orElse(""))
        .containsExactly("", "sid=1", "sid=1");
  }

  @Test
  void open_cookieOfALaterRange_replacesTheFirst() throws OriginException {
    Script script = Script.of(film);
    panel.on(
        "/film.mkv",
        wire -> wire.play(script.header("Set-Cookie", "sid=" + wire.request().number())));
    String url = panel.url("/film.mkv");
    for (int i = 0; i < 3; i++) {
      play(origin, Fetches.from(url, 1000 * i));
    }
    assertThat(panel.requests())
        .extracting(request -> request.header("Cookie").orElse(""))
        .containsExactly("", "sid=1", "sid=2");
  }

  @Test
  void open_cookieExpired_isNotSent() throws OriginException {
    panel.serve("/film.mkv", Script.of(film).header("Set-Cookie", "sid=1; Max-Age=60"));
    String url = panel.url("/film.mkv");
    play(origin, Fetches.whole(url));
    clock.setWall(NOW.plusSeconds(59));
    play(origin, Fetches.from(url, 1000));
    clock.setWall(NOW.plusSeconds(120));
    play(origin, Fetches.from(url, 1000));
    assertThat(panel.requests())
        .extracting(request -> request.header("Cookie").orElse(""))
        .containsExactly("", "sid=1", "");
  }

  @Test
  void open_cookieNoLongerAccepted_isDroppedOnce() throws OriginException {
    panel.on(
        "/film.mkv",
        wire ->
            wire.play(
                cookie(wire).isPresent()
                    ? Script.status(403)
                    : Script.of(film).header("Set-Cookie", "sid=1")));
    String url = panel.url("/film.mkv");
    play(origin, Fetches.whole(url));
    play(origin, Fetches.from(url, 1000));
    assertThat(panel.requests()).hasSize(3);
  }

  @Test
  void open_limitWithACookie_isNotAskedTwice() throws OriginException {
    panel.serve(
        "/film.mkv",
        Script.of(film).header("Set-Cookie", "sid=1").fromRequest(2, _ -> Script.status(458)));
    String url = panel.url("/film.mkv");
    play(origin, Fetches.whole(url));
    assertThat(Fetches.failure(origin, Fetches.from(url, 1000))).isInstanceOf(Failure.Limit.class);
    assertThat(panel.requests()).hasSize(2);
  }

  @Test
  void open_otherTitle_getsNoCookieOfThisOne() throws OriginException {
    panel.serve("/film.mkv", Script.of(film).header("Set-Cookie", "sid=1; Path=/"));
    panel.serve("/other.mkv", Script.of(film));
    play(origin, Fetches.whole(panel.url("/film.mkv")));
    play(origin, Fetches.whole(panel.url("/other.mkv")));
    assertThat(panel.requests("/other.mkv").getFirst().header("Cookie")).isEmpty();
  }

  /** As after a restart: the file is stored in part, and the cookie is not known. */
  @Test
  void open_412FromTheMiddle_beginningGivesTheCookie() throws OriginException {
    demandCookie(panel, 412, "sid=1");
    play(origin, Fetches.from(panel.url("/film.mkv"), 200_000));
    assertThat(panel.requests())
        .extracting(request -> request.range().orElse(""))
        .containsExactly("bytes=200000-", "bytes=0-0", "bytes=200000-");
    assertThat(panel.requests().getLast().header("Cookie")).contains("sid=1");
  }

  @Test
  void open_412WithoutAnyCookie_isToldAfterOneLook() {
    panel.on(
        "/film.mkv",
        wire ->
            wire.play(
                wire.request().range().orElse("").startsWith("bytes=0-")
                    ? Script.of(film)
                    : Script.status(412)));
    assertThat(Fetches.failure(origin, Fetches.from(panel.url("/film.mkv"), 1000)).upstreamStatus())
        .hasValue(412);
    assertThat(panel.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void open_headersOfTheLink_followTheRedirect_credentialsDoNot(int status) throws OriginException {
    panel.serve("/film.mkv", Script.redirect(status, cdn.url("/film.mkv")));
    cdn.serve("/film.mkv", Script.of(film));
    Map<String, String> named =
        Map.of(
            "referer", "http://site.example/",
            "origin", "http://site.example",
            "authorization", "Basic c2VjcmV0",
            "cookie", "own=1");
    Fetch fetch = Fetches.with(panel.url("/film.mkv"), named);
    origin.open(fetch).close();
    origin.open(fetch).close();
    List<RecordedRequest> seen = cdn.requests("/film.mkv");
    assertThat(seen).hasSize(2);
    for (RecordedRequest each : seen) {
      assertThat(each.header("Referer")).contains("http://site.example/");
      assertThat(each.header("Origin")).contains("http://site.example");
      assertThat(each.header("Authorization")).isEmpty();
      assertThat(each.header("Cookie")).isEmpty();
    }
  }
}
