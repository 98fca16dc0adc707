package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;
import streamcache.testkit.ScriptedOrigin;
import streamcache.testkit.StreamLimit;

/** Two host names of one panel, which counts the connections of both together. */
final class SharedAccountTest {

  private static final long MIB = 1 << 20;
  private static final Content FIRST = Content.of(/* seed= */ 4, 6 * MIB + 7);
  private static final Content SECOND = Content.of(/* seed= */ 5, 2 * MIB + 7);

  @Test
  void account_namedForTwoHosts_theyShareOneConnection() throws IOException {
    try (ScriptedOrigin other = ScriptedOrigin.start();
        Rig rig =
            Rig.set(
                "[provider %s]",
                "ACCOUNT = panel",
                "MAX_CONNECTIONS = 1",
                "[provider 127.0.0.1:" + other.port() + "]",
                "ACCOUNT = panel")) {
      playsBoth(rig, "/one.mkv", other, "/two.mkv");
    }
  }

  /** Nothing is set: a redirect to the same user, password and path has shown it. */
  @Test
  void redirect_toTheSameLoginElsewhere_bothHostsShareOneConnection() throws IOException {
    try (ScriptedOrigin other = ScriptedOrigin.start();
        Rig rig = Rig.start()) {
      other.serve("/movie/joe/pw/1.mkv", Script.of(SECOND));
      rig.serve("/movie/joe/pw/1.mkv", Script.redirect(other.url("/movie/joe/pw/1.mkv")));
      rig.get("/movie/joe/pw/1.mkv").check(SECOND, 0, SECOND.length());
      playsBoth(rig, "/movie/joe/pw/2.mkv", other, "/movie/joe/pw/3.mkv");
    }
  }

  private static void playsBoth(Rig rig, String path, ScriptedOrigin other, String otherPath)
      throws IOException {
    StreamLimit limit = StreamLimit.of(1, 458);
    rig.origin().budget(limit);
    other.budget(limit);
    rig.serve(path, Script.of(FIRST).pace(4 * MIB));
    other.serve(otherPath, Script.of(SECOND).pace(8 * MIB));
    try (CheckedStream play = rig.stream(path, FIRST)) {
      play.awaitBytes(1);
      RawClient.get(rig.address(), rig.linkTo(other.url(otherPath)))
          .check(SECOND, 0, SECOND.length());
      assertThat(play.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
    }
    assertThat(limit.refusals()).as("never two connections").isZero();
    assertThat(limit.peak()).isEqualTo(1);
  }

  /** A server of one's own does not count connections. */
  @Test
  void localHost_tenTitles_allAtOnce() throws IOException {
    Gate gate = new Gate();
    List<CheckedStream> plays = new ArrayList<>();
    try (Rig rig = Rig.start()) {
      for (int title = 0; title < 10; title++) {
        rig.serve("/" + title, Script.of(SECOND).gate(MIB, gate));
        plays.add(rig.stream("/" + title, SECOND));
      }
      for (int title = 0; title < 10; title++) {
        rig.origin().awaitRequests("/" + title, 1);
      }
      assertThat(rig.origin().peakExchanges()).isEqualTo(10);
      gate.open();
      for (CheckedStream play : plays) {
        assertThat(play.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      }
      assertThat(rig.origin().requests()).hasSize(10);
    }
  }
}
