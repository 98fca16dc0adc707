package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.settings.ErrorVideoPolicy;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.RecordedRequest;
import streamcache.testkit.Script;

/** A provider that refuses the agent of one player, with various statuses, and serves another. */
final class AgentTest {

  private static final String KODI = "User-Agent: Kodi/21.1 (Linux)";
  private static final String PROBE = "User-Agent: Lavf/61.7.100";
  private static final String ONE = "/movie/joe/secret/1.mkv";
  private static final String TWO = "/movie/joe/secret/2.mkv";
  private static final Content FIRST = Content.of(/* seed= */ 1, 6 * MIB + 7);
  private static final Content SECOND = Content.of(/* seed= */ 2, 2 * MIB);

  /** Refuses every request whose agent contains {@code agent}. */
  private static void refuse(Rig rig, String path, Script film, String agent, int status) {
    rig.origin()
        .on(
            path,
            wire ->
                wire.play(agent(wire.request()).contains(agent) ? Script.status(status) : film));
  }

  private static String agent(RecordedRequest request) {
    return request.header("User-Agent").orElse("");
  }

  private static List<String> agents(Rig rig, String path) {
    return rig.origin().requests(path).stream().map(AgentTest::agent).toList();
  }

  /** One connection. The prober reads the tail of the playing film, and another film. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 406, 461})
  void proberThatIsRefused_besideAFilmThatPlays_cutsNothing(int status) throws IOException {
    try (Rig rig = Rig.start()) {
      refuse(rig, ONE, Script.of(FIRST).pace(4 * MIB), "Lavf", status);
      refuse(rig, TWO, Script.of(SECOND), "Lavf", status);
      try (CheckedStream kodi = rig.stream(ONE, FIRST, KODI).awaitBytes(MIB)) {
        long tail = FIRST.length() - 65_536;
        rig.get(ONE, PROBE, "Range: bytes=" + tail + "-").check(FIRST, tail, FIRST.length());
        rig.get(TWO, PROBE, "Range: bytes=0-65535").check(SECOND, 0, 65_536);
        assertThat(kodi.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      }
      assertThat(agents(rig, ONE)).hasSizeLessThanOrEqualTo(4).allMatch(a -> a.contains("Kodi"));
      assertThat(agents(rig, TWO)).hasSizeLessThanOrEqualTo(3).allMatch(a -> a.contains("Kodi"));
    }
  }

  /** The prober came first and was refused; its failure does not carry over to later players. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 406, 428, 461})
  void proberThatIsRefused_beforeAnybodyHasPlayed_leavesTheFilmToOthers(int status)
      throws IOException {
    try (Rig rig = Rig.start(Rig.trouble(ErrorVideoPolicy.OFF))) {
      refuse(rig, ONE, Script.of(FIRST), "Lavf", status);
      assertThat(rig.get(ONE, PROBE).status()).isGreaterThanOrEqualTo(400);
      rig.get(ONE, KODI).check(FIRST, 0, FIRST.length());
      rig.get(ONE, PROBE).check(FIRST, 0, FIRST.length());
      // These two may also be about the Range, which is left out once (decision 0021).
      int refused = status == 403 || status == 406 ? 2 : 1;
      assertThat(rig.origin().requests(ONE)).hasSize(refused + 1);
    }
  }

  /** A provider may start to refuse the agent that has worked so far. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 406, 412, 461})
  void agentOfTheAccountThatIsRefused_isFollowedByThePlayersOwn(int status) throws IOException {
    try (Rig rig = Rig.set("[provider %s]", "MAX_CONNECTIONS = 4")) {
      rig.serve(ONE, Script.of(FIRST));
      rig.get(ONE, KODI).check(FIRST, 0, FIRST.length());
      refuse(rig, TWO, Script.of(SECOND), "Kodi", status);
      rig.get(TWO, PROBE).check(SECOND, 0, SECOND.length());
      assertThat(agents(rig, TWO)).contains("Lavf/61.7.100").hasSizeLessThanOrEqualTo(6);
      int before = rig.origin().requests().size();
      refuse(rig, "/movie/joe/secret/3.mkv", Script.of(SECOND), "Kodi", status);
      rig.get("/movie/joe/secret/3.mkv", KODI).check(SECOND, 0, SECOND.length());
      assertThat(rig.origin().requests()).as("it is the account's now").hasSize(before + 1);
    }
  }

  @Test
  void filmThatIsGoneForBothAgents_costsOneRequestMore() throws IOException {
    try (Rig rig = Rig.start(Rig.trouble(ErrorVideoPolicy.OFF))) {
      rig.serve(ONE, Script.of(FIRST)).serve(TWO, Script.status(404));
      rig.get(ONE, KODI).check(FIRST, 0, FIRST.length());
      assertThat(rig.get(TWO, PROBE).status()).isEqualTo(404);
      assertThat(rig.get(TWO, PROBE).status()).as("at rest").isEqualTo(404);
      assertThat(rig.get(TWO, KODI).status()).as("at rest").isEqualTo(404);
      assertThat(agents(rig, TWO)).containsExactly("Kodi/21.1 (Linux)", "Lavf/61.7.100");
    }
  }

  @Test
  void filmThatIsGone_playersAgentIsTheAccounts_isAskedForOnce() throws IOException {
    try (Rig rig = Rig.start(Rig.trouble(ErrorVideoPolicy.OFF))) {
      rig.serve(ONE, Script.of(FIRST)).serve(TWO, Script.status(404));
      rig.get(ONE, KODI).check(FIRST, 0, FIRST.length());
      assertThat(rig.get(TWO, KODI).status()).isEqualTo(404);
      assertThat(rig.origin().requests(TWO)).hasSize(1);
    }
  }

  /** A media server scans a library in which every link is dead. */
  @Test
  void scanOfDeadLinks_isNotDoubled() throws IOException {
    int links = 40;
    try (Rig rig = Rig.start(Rig.trouble(ErrorVideoPolicy.OFF))) {
      rig.serve(ONE, Script.of(FIRST));
      rig.get(ONE, KODI).check(FIRST, 0, FIRST.length());
      int before = rig.origin().requests().size();
      for (int title = 0; title < links; title++) {
        assertThat(rig.get("/movie/joe/secret/dead" + title + ".mkv", PROBE).status())
            .isEqualTo(404);
      }
      assertThat(rig.origin().requests().size() - before).isBetween(links, links + 4);
    }
  }

  /** The configured agent takes precedence: no other agent is tried. */
  @Test
  void agentThatIsSet_isRefused_isAskedOnce() throws IOException {
    try (Rig rig = Rig.set("[provider %s]", "AGENT = Box/1")) {
      refuse(rig, ONE, Script.of(FIRST), "Box", 404);
      var _ = rig.get(ONE, PROBE);
      var _ = rig.get(ONE, KODI);
      assertThat(agents(rig, ONE)).containsExactly("Box/1");
    }
  }

  @Test
  void agentThatHasWorked_isKnownAfterARestart() throws IOException {
    try (Rig rig = Rig.start()) {
      rig.serve(ONE, Script.of(FIRST));
      rig.get(ONE, KODI).check(FIRST, 0, FIRST.length());
      rig.restart();
      refuse(rig, TWO, Script.of(SECOND), "Lavf", 404);
      rig.get(TWO, PROBE).check(SECOND, 0, SECOND.length());
      assertThat(agents(rig, TWO)).containsExactly("Kodi/21.1 (Linux)");
    }
  }
}
