package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.testkit.Content;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

class HttpOriginRedirectTest {

  private static final Map<String, String> SECRETS =
      Map.of(
          "authorization", "Basic c2VjcmV0",
          "cookie", "own=1",
          "referer", "http://refers.example/",
          "origin", "http://origin.example",
          "user-agent", "Kodi/21");

  private final Content film = Content.of(1, 300_000);
  private final ScriptedOrigin panel = ScriptedOrigin.start();
  private final ScriptedOrigin cdn = ScriptedOrigin.start();
  private final HttpOrigin origin = Fetches.origin();

  @AfterEach
  void closeAll() {
    origin.close();
    panel.close();
    cdn.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void open_redirect_followedToTheFilm(int status) throws OriginException {
    panel.serve("/start", Script.redirect(status, cdn.url("/film.mkv")));
    cdn.serve("/film.mkv", Script.of(film));
    try (Upstream upstream = origin.open(Fetches.from(panel.url("/start"), 1000))) {
      assertThat(upstream.start()).isEqualTo(1000);
      film.check(1000, Fetches.drain(upstream));
    }
    assertThat(cdn.requests("/film.mkv").getFirst().range()).contains("bytes=1000-");
  }

  @ParameterizedTest
  @CsvSource({
    "/x/film.mkv, /x/film.mkv",
    "film.mkv, /a/film.mkv",
    "../x/film.mkv, /x/film.mkv",
    "//HOST/x/film.mkv, /x/film.mkv",
    "/x/my film.mkv, /x/my%20film.mkv",
    "/x/f\u00c3\u00bcr.mkv, /x/f%C3%BCr.mkv",
    "/x//film.mkv#t=9, /x//film.mkv",
    "//HOST//x, //x",
    "?token=a|b, /a/start?token=a|b",
  })
  void open_sloppyLocation_requestedAsMeant(String location, String requested)
      throws OriginException {
    String host = "127.0.0.1:" + panel.port();
    panel.serve("/a/start", Script.redirect(location.replace("HOST", host)));
    panel.onOthers(wire -> wire.play(Script.of(film)));
    if (location.startsWith("?")) {
      panel.serve("/a/start", Script.redirect(location).fromRequest(2, _ -> Script.of(film)));
    }
    try (Upstream upstream = origin.open(Fetches.whole(panel.url("/a/start")))) {
      film.check(0, Fetches.drain(upstream));
    }
    assertThat(panel.requests().getLast().target()).isEqualTo(requested);
    assertThat(panel.totalConnections()).as("same place, same connection").isEqualTo(1);
  }

  @Test
  void open_tenRedirects_followed_elevenRefused() throws OriginException {
    for (int i = 0; i < 12; i++) {
      panel.serve("/hop" + i, Script.redirect("/hop" + (i + 1)));
    }
    panel.serve("/hop12", Script.of(film));
    origin.open(Fetches.whole(panel.url("/hop2"))).close();
    assertThat(Fetches.failure(origin, Fetches.whole(panel.url("/hop1"))))
        .isEqualTo(new Failure.Broken(OptionalInt.empty(), "too many redirects"));
  }

  @Test
  void open_loop_foundAtItsFirstRound() {
    panel.serve("/a", Script.redirect("/b"));
    panel.serve("/b", Script.redirect("/a"));
    assertThat(Fetches.failure(origin, Fetches.whole(panel.url("/a"))).detail())
        .isEqualTo("redirect loop");
    assertThat(panel.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtmp://h/x", "", "http://h:99999/x"})
  void open_redirectToNowhere_broken(String location) {
    panel.serve("/a", Script.redirect(location));
    assertThat(Fetches.failure(origin, Fetches.whole(panel.url("/a"))))
        .isInstanceOf(Failure.Broken.class);
  }

  @Test
  void open_otherOrigin_getsNoCredentials() throws OriginException {
    panel.serve("/start", Script.redirect("/next"));
    panel.serve("/next", Script.redirect(cdn.url("/film.mkv")));
    cdn.serve("/film.mkv", Script.of(film));
    origin.open(Fetches.with(panel.url("/start"), SECRETS)).close();
    for (String path : List.of("/start", "/next")) {
      RecordedRequest hop = panel.requests(path).getFirst();
      assertThat(hop.header("Authorization")).contains("Basic c2VjcmV0");
      assertThat(hop.header("Cookie")).contains("own=1");
      assertThat(hop.header("Referer")).contains("http://refers.example/");
      assertThat(hop.header("Origin")).contains("http://origin.example");
    }
    RecordedRequest last = cdn.requests("/film.mkv").getFirst();
    assertThat(last.headers().all())
        .extracting("name")
        .containsExactly(
            "Host", "User-Agent", "Accept", "Accept-Encoding", "Range", "Referer", "Origin");
    assertThat(last.header("User-Agent")).contains("Kodi/21");
    assertThat(last.header("Host")).contains("127.0.0.1:" + cdn.port());
    assertThat(last.header("Accept-Encoding")).contains("identity");
  }

  @Test
  void open_userInLocation_authorizesThereOnly() throws OriginException {
    String withUser = cdn.url("/film.mkv").replace("//", "//u%20v:p@");
    panel.serve("/start", Script.redirect(withUser));
    cdn.serve("/film.mkv", Script.of(film).basicAuth("u v", "p"));
    origin.open(Fetches.whole(panel.url("/start"))).close();
    assertThat(panel.requests("/start").getFirst().header("Authorization")).isEmpty();
  }

  @Test
  void open_cookieCheck_cookieGoesBackAndNoFurther() throws OriginException {
    panel.serve(
        "/film",
        Script.redirect("/film")
            .header("Set-Cookie", "seen=yes; Path=/")
            .fromRequest(
                2, _ -> Script.redirect(cdn.url("/film.mkv").replace("127.0.0.1", "localhost"))));
    cdn.serve("/film.mkv", Script.of(film));
    origin.open(Fetches.whole(panel.url("/film"))).close();
    assertThat(panel.requests("/film").get(0).header("Cookie")).isEmpty();
    assertThat(panel.requests("/film").get(1).header("Cookie")).contains("seen=yes");
    assertThat(cdn.requests("/film.mkv").getFirst().header("Cookie")).isEmpty();
  }

  @Test
  void open_userAgent_linkThenPlayerThenOurs() throws OriginException {
    panel.serve("/f", Script.of(film));
    String url = panel.url("/f");
    Map<String, String> player =
        Map.of("user-agent", "VLC/3", "cookie", "player=1", "authorization", "Bearer p");
    origin.open(Fetches.whole(url)).close();
    origin
        .open(
            new Fetch(
                Fetches.link(url, Map.of()),
                0,
                OptionalLong.empty(),
                Optional.empty(),
                player,
                true))
        .close();
    origin
        .open(
            new Fetch(
                Fetches.link(url, SECRETS),
                0,
                OptionalLong.empty(),
                Optional.empty(),
                player,
                true))
        .close();
    assertThat(panel.requests("/f"))
        .extracting(request -> request.header("User-Agent").orElse(""))
        .containsExactly("Streamcache/test", "VLC/3", "Kodi/21");
    assertThat(panel.requests("/f").get(1).header("Cookie")).isEmpty();
    assertThat(panel.requests("/f").get(1).header("Authorization")).isEmpty();
  }

  @Test
  void open_everyHop_passesThePolicyFirst() {
    List<String> asked = new CopyOnWriteArrayList<>();
    AddressPolicy policy =
        (to, addresses) -> {
          asked.add(to.host() + ":" + to.port());
          if (to.port() == cdn.port()) {
            throw new OriginException(new Failure.Forbidden(OptionalInt.empty(), "EGRESS_ALLOW"));
          }
          return addresses;
        };
    panel.serve("/start", Script.redirect(cdn.url("/film.mkv")));
    try (HttpOrigin strict = Fetches.origin(Fetches.PATIENT, policy)) {
      assertThat(Fetches.failure(strict, Fetches.whole(panel.url("/start"))))
          .isInstanceOf(Failure.Forbidden.class);
    }
    assertThat(asked).containsExactly("127.0.0.1:" + panel.port(), "127.0.0.1:" + cdn.port());
    assertThat(cdn.totalConnections()).isZero();
  }

  @Test
  void open_name_connectsToThePermittedAddressOnly() throws Exception {
    cdn.serve("/f", Script.of(film));
    AddressPolicy policy = (_, _) -> List.of(cdn.address().getAddress());
    try (HttpOrigin strict = Fetches.origin(Fetches.PATIENT, policy)) {
      String url = "http://localhost:" + cdn.port() + "/f";
      strict.open(Fetches.whole(url)).close();
    }
    assertThat(cdn.requests("/f").getFirst().header("Host")).contains("localhost:" + cdn.port());
  }
}
