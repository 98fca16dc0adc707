package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Content;
import streamcache.testkit.Cut;
import streamcache.testkit.FakeClock;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

class HttpOriginReuseTest {

  private final Content film = Content.of(2, 400_000);
  private final ScriptedOrigin panel = ScriptedOrigin.start();
  private final ScriptedOrigin cdn = ScriptedOrigin.start();
  private final HttpOrigin origin = Fetches.origin();

  @AfterEach
  void closeAll() {
    origin.close();
    panel.close();
    cdn.close();
  }

  @Test
  void open_again_goesStraightToTheTarget() throws OriginException {
    panel.serve("/start", Script.redirect(cdn.url("/film.mkv")));
    cdn.serve("/film.mkv", Script.of(film));
    play("/start", 3);
    assertThat(panel.requests("/start")).hasSize(1);
    assertThat(cdn.requests("/film.mkv")).hasSize(3);
  }

  @Test
  void open_oneTimeTokens_resolvedAgainInTheSameCallAndThenAlways() throws OriginException {
    panel.serveBehindTokens("/start", 1, Script.of(film));
    play("/start", 2);
    assertThat(panel.requests("/start")).as("the stale token cost one try").hasSize(2);
    assertThat(panel.tokenRequests("/start")).hasSize(3);
    play("/start", 2);
    assertThat(panel.requests("/start")).as("learned: always resolved").hasSize(4);
    assertThat(panel.tokenRequests("/start")).as("no stale token is tried").hasSize(5);
  }

  @Test
  void open_expiredToken_resolvedAgainButStillRemembered() throws OriginException {
    FakeClock clock = new FakeClock();
    panel.serveBehindTokens("/start", 3, Script.of(film));
    try (HttpOrigin patient = Fetches.origin(ProviderProfiles.inMemory(clock))) {
      play(patient, "/start", 3);
      clock.advance(Duration.ofMinutes(1));
      play(patient, "/start", 3);
    }
    assertThat(panel.requests("/start")).hasSize(2);
  }

  @Test
  void open_targetGone_resolvedAgainOnce() throws Exception {
    panel.serve("/start", Script.redirect(cdn.url("/film.mkv")));
    cdn.serve("/film.mkv", Script.of(film));
    play("/start", 1);
    cdn.refuseConnections();
    cdn.cutAll(Cut.FIN);
    panel.serve("/start", Script.redirect("/local.mkv"));
    panel.serve("/local.mkv", Script.of(film));
    play("/start", 1);
    assertThat(panel.requests("/start")).hasSize(2);
  }

  @Test
  void open_limitAtTheTarget_notAskedTwice() throws OriginException {
    panel.serve("/start", Script.redirect(cdn.url("/film.mkv")));
    cdn.serve("/film.mkv", Script.of(film).fromRequest(2, _ -> Script.status(458)));
    play("/start", 1);
    assertThat(Fetches.failure(origin, Fetches.whole(panel.url("/start"))))
        .isInstanceOf(Failure.Limit.class);
    assertThat(panel.requests("/start")).hasSize(1);
    assertThat(cdn.requests("/film.mkv")).hasSize(2);
  }

  @Test
  void open_goneAfterResolvingAgain_goneIsTold() throws OriginException {
    panel.serve("/start", Script.redirect(cdn.url("/film.mkv")));
    cdn.serve("/film.mkv", Script.of(film).fromRequest(2, _ -> Script.status(404)));
    play("/start", 1);
    assertThat(Fetches.failure(origin, Fetches.whole(panel.url("/start"))))
        .isEqualTo(new Failure.Gone(OptionalInt.of(404), "no such file"));
    assertThat(panel.requests("/start")).hasSize(2);
  }

  @Test
  void close_wholeBodyRead_connectionServesAgain() throws OriginException {
    panel.serve("/f", Script.of(film));
    panel.serve("/chunked", Script.of(film).framing(Script.Framing.CHUNKED));
    play("/f", 2);
    play("/chunked", 2);
    assertThat(panel.totalConnections()).isEqualTo(1);
  }

  @Test
  void close_inMidBody_connectionIsCutNotReused() throws OriginException {
    panel.serve("/f", Script.of(Content.of(3, 50_000_000)));
    origin.open(Fetches.whole(panel.url("/f"))).close();
    panel.awaitConnections(0);
    origin.open(Fetches.whole(panel.url("/f"))).close();
    assertThat(panel.totalConnections()).isEqualTo(2);
  }

  @Test
  void open_idleConnectionClosedByProvider_notNoticedByTheCaller() throws IOException {
    panel.serve("/f", Script.of(film));
    play("/f", 1);
    panel.cutAll(Cut.FIN);
    panel.awaitConnections(0);
    play("/f", 1);
    assertThat(panel.requests("/f")).hasSize(2);
  }

  @Test
  void open_failure_leavesNoConnectionOpen() {
    panel.serve("/f", Script.status(500));
    Fetches.failure(origin, Fetches.whole(panel.url("/f")));
    panel.awaitConnections(0);
  }

  @Test
  void open_redirectElsewhere_leavesNoConnectionAtTheFirstHost() throws OriginException {
    panel.serve("/start", Script.redirect(cdn.url("/film.mkv")));
    cdn.serve("/film.mkv", Script.of(film));
    try (Upstream upstream = origin.open(Fetches.whole(panel.url("/start")))) {
      panel.awaitConnections(0);
      film.check(0, Fetches.drain(upstream));
    }
  }

  private void play(String path, int times) throws OriginException {
    play(origin, path, times);
  }

  private void play(HttpOrigin from, String path, int times) throws OriginException {
    for (int i = 0; i < times; i++) {
      try (Upstream upstream = from.open(Fetches.whole(panel.url(path)))) {
        film.check(0, Fetches.drain(upstream));
      }
    }
  }
}
