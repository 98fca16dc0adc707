package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamcache.link.Link;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;

/** Idle connections: a provider counts them, so they must not accumulate. */
final class HttpOriginIdleTest {

  private final ScriptedOrigin panel = ScriptedOrigin.start();
  private final ScriptedOrigin cdn = ScriptedOrigin.start();
  private final HttpOrigin origin = Fetches.origin();
  private final Content film = Content.of(/* seed= */ 4, 300_000);

  @AfterEach
  void close() {
    origin.close();
    panel.close();
    cdn.close();
  }

  private static void read(Upstream upstream) throws OriginException {
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    while (upstream.read(buffer.clear()) >= 0) {
      // To its end.
    }
  }

  private void play(Fetch fetch) throws OriginException {
    try (Upstream upstream = origin.open(fetch, new Call())) {
      read(upstream);
      assertThat(upstream.isSpent()).isTrue();
    }
  }

  @Test
  void open_afterABodyReadToItsEnd_usesItsConnectionAgain() throws OriginException {
    panel.serve("/film.mkv", Script.of(film));
    for (int i = 0; i < 3; i++) {
      play(Fetches.whole(panel.url("/film.mkv")));
    }
    assertThat(panel.totalConnections()).isEqualTo(1);
  }

  /** The account's first film came from one host, and the next comes from another. */
  @Test
  void open_sameAccountElsewhere_closesTheOneThatWaits() throws OriginException {
    panel.serve("/start", Script.redirect(cdn.url("/film.mkv")));
    cdn.serve("/film.mkv", Script.of(film));
    panel.serve("/other.mkv", Script.of(film));
    play(Fetches.whole(panel.url("/start")));
    assertThat(cdn.openConnections()).isEqualTo(1);
    try (Upstream upstream = origin.open(Fetches.whole(panel.url("/other.mkv")), new Call())) {
      cdn.awaitConnections(0);
      read(upstream);
    }
  }

  @Test
  void open_anotherAccountOfTheSameHost_hasConnectionsOfItsOwn() throws OriginException {
    panel.serve("/film.mkv", Script.of(film));
    Fetch one = Fetches.whole(panel.url("/film.mkv"));
    Link link = one.link();
    Fetch other =
        new Fetch(
            new Link(
                link.source(),
                link.url(),
                link.key(),
                new streamcache.link.AccountId("other"),
                link.headers(),
                link.name()),
            one.start(),
            one.end(),
            one.ifRange(),
            one.playerHeaders(),
            one.isTrusted());
    play(one);
    play(other);
    play(one);
    play(other);
    assertThat(panel.totalConnections()).isEqualTo(2);
  }

  @Test
  void open_thatCloses_leavesNoneBehind() throws OriginException {
    panel.serve("/film.mkv", Script.of(film));
    Fetch fetch = Fetches.whole(panel.url("/film.mkv"));
    play(
        new Fetch(
            fetch.link(),
            fetch.start(),
            fetch.end(),
            fetch.ifRange(),
            fetch.playerHeaders(),
            fetch.isTrusted(),
            /* closes= */ true));
    panel.awaitConnections(0);
    assertThat(panel.requests("/film.mkv").getFirst().header("Connection")).contains("close");
  }
}
