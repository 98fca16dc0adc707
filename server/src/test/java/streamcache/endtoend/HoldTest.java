package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.Script;

/** A player is held rather than refused while a connection is expected to become free. */
final class HoldTest {

  private static final Content ONE = Content.of(/* seed= */ 1, 2 * MIB + 7);
  private static final Content TWO = Content.of(/* seed= */ 2, MIB);

  /** One connection; a response is due within three seconds, unless a slot is expected. */
  private static Rig rig(Duration hold) throws IOException {
    return Rig.start(Rig.oneConnection(Duration.ofSeconds(3), hold));
  }

  @Test
  void busyProvider_saysWhenToComeBack_playerIsHeld() throws IOException {
    for (int status : new int[] {503, 429}) {
      Script script =
          Script.of(TWO).onRequest(1, _ -> Script.status(status).header("Retry-After", "1"));
      try (Rig rig = rig(Duration.ofSeconds(20)).serve("/two.mkv", script)) {
        rig.get("/two.mkv").check(TWO, 0, TWO.length());
        assertThat(rig.origin().requests("/two.mkv")).hasSize(2);
      }
    }
  }

  @Test
  void busyProvider_wantsToBeLeftForLong_isToldAtOnce() throws IOException {
    Script script = Script.status(503).header("Retry-After", "60");
    try (Rig rig = rig(Duration.ofSeconds(20)).serve("/two.mkv", script)) {
      Answer answer = rig.get("/two.mkv");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).contains("60");
      assertThat(rig.origin().requests("/two.mkv")).hasSize(1);
    }
  }

  @Test
  void placeComesFree_playerIsHeldUntilThen() throws IOException {
    try (Rig rig =
            rig(Duration.ofSeconds(20))
                .serve("/one.mkv", Script.of(ONE).pace(MIB))
                .serve("/two.mkv", Script.of(TWO));
        CheckedStream first = rig.stream("/one.mkv", ONE).awaitBytes(MIB)) {
      rig.get("/two.mkv").check(TWO, 0, TWO.length());
      assertThat(first.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(rig.origin().peakConnections()).isEqualTo(1);
    }
  }

  /** Nobody else plays here: the connection is somebody else's. */
  @Test
  void providerRefusesTheOnlyConnection_saysThatItIsInUseElsewhere() throws IOException {
    try (Rig rig = rig(Duration.ofSeconds(1)).serve("/two.mkv", Script.status(429))) {
      Answer answer = rig.get("/two.mkv");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text())
          .contains("The account is in use elsewhere", "no viewer of this server has one")
          .doesNotContain("Another viewer");
    }
  }

  /** The other fill has just begun and receives nothing: nobody knows when its slot is free. */
  @Test
  void noPlaceInSight_saysWhoIsFirstInLine() throws IOException {
    Gate gate = new Gate();
    try (Rig rig =
            rig(Duration.ofSeconds(1))
                .serve("/one.mkv", Script.of(ONE).gate(100_000, gate))
                .serve("/two.mkv", Script.of(TWO));
        CheckedStream first = rig.stream("/one.mkv", ONE).awaitBytes(100_000)) {
      Answer answer = rig.get("/two.mkv");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text())
          .contains("Another viewer here uses the account", "First in line: one.mkv")
          .doesNotContain("elsewhere");
      gate.open();
      assertThat(first.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
    }
  }
}
