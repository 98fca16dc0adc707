package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamcache.link.AccountId;
import streamcache.testkit.Content;
import streamcache.testkit.FakeClock;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** What one run learns about a provider is known to the next. */
final class HttpOriginProfilesTest {

  private static final Content FILM = Content.of(/* seed= */ 4, 50_000);

  private final ScriptedOrigin panel = ScriptedOrigin.start();
  private final FakeClock clock = new FakeClock().setWall(Instant.parse("2030-02-01T12:00:00Z"));
  private final ProviderProfiles profiles = ProviderProfiles.inMemory(clock);
  private final AccountId account = new AccountId("127.0.0.1:" + panel.port());

  @AfterEach
  void close() {
    panel.close();
  }

  private void play(HttpOrigin origin, String path) throws OriginException {
    try (Upstream upstream = origin.open(Fetches.whole(panel.url(path)))) {
      FILM.check(0, Fetches.drain(upstream));
    }
  }

  /** Each attempt at an expired target would cost a refusal. */
  @Test
  void oneTimeRedirects_nextRunTriesNoneTwice() throws OriginException {
    panel.serveBehindTokens("/a", /* usesOfToken= */ 1, Script.of(FILM));
    panel.serveBehindTokens("/b", /* usesOfToken= */ 1, Script.of(FILM));
    try (HttpOrigin first = Fetches.origin(profiles)) {
      play(first, "/a");
      play(first, "/a");
    }
    assertThat(profiles.of(account).redirects().isOneTime()).isTrue();
    try (HttpOrigin second = Fetches.origin(profiles)) {
      play(second, "/b");
      play(second, "/b");
    }
    assertThat(panel.tokenRequests("/b")).hasSize(2);
  }

  @Test
  void redirectThatDies_isLeftEarlierTheNextTime() throws OriginException {
    panel.serveBehindTokens("/a", /* usesOfToken= */ 2, Script.of(FILM));
    try (HttpOrigin origin = Fetches.origin(profiles)) {
      play(origin, "/a");
      play(origin, "/a");
      clock.advance(Duration.ofMinutes(4));
      play(origin, "/a");
      assertThat(profiles.of(account).redirects())
          .isEqualTo(new ProviderProfile.Redirects(false, Optional.of(Duration.ofMinutes(4))));
      int asked = panel.requests("/a").size();
      clock.advance(Duration.ofMinutes(3).plusSeconds(1));
      play(origin, "/a");
      assertThat(panel.requests("/a")).hasSize(asked + 1);
    }
  }

  @Test
  void refusalsAndRanges_areNoted() throws OriginException {
    panel.serve("/film", Script.of(FILM));
    panel.serve("/whole", Script.of(FILM).ranges(Script.Ranges.IGNORED));
    try (HttpOrigin origin = Fetches.origin(profiles)) {
      for (int status : List.of(403, 458, 503, 404, 500)) {
        panel.serve("/" + status, Script.status(status));
        assertThat(Fetches.failure(origin, Fetches.whole(panel.url("/" + status)))).isNotNull();
      }
      assertThat(profiles.of(account).refusals()).containsExactly(403, 458, 503);
      play(origin, "/whole");
      assertThat(profiles.of(account).ranges()).as("may be politeness").isEmpty();
      play(origin, "/film");
      assertThat(profiles.of(account).ranges()).contains(true);
      origin.open(Fetches.from(panel.url("/whole"), 100)).close();
      assertThat(profiles.of(account).ranges()).contains(false);
    }
  }
}
