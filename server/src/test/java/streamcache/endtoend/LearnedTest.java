package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import streamcache.link.AccountId;
import streamcache.origin.ProviderProfile;
import streamcache.origin.ProviderProfiles;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Gate;
import streamcache.testkit.Script;
import streamcache.testkit.StreamLimit;

/** What the server learns about a provider survives a restart. */
final class LearnedTest {

  private static final int MIB = 1 << 20;
  private static final String PANEL = "/movie/joe/secret/";
  private static final Content ONE = Content.of(/* seed= */ 1, 2L * MIB + 7);
  private static final Content TWO = Content.of(/* seed= */ 2, 2L * MIB + 3);

  private static ProviderProfile profile(Rig rig) {
    ProviderProfiles profiles =
        ProviderProfiles.open(rig.cache().resolve("PROVIDERS"), InstantSource.system());
    assertThat(profiles.all()).hasSize(1);
    AccountId account = profiles.all().keySet().iterator().next();
    assertThat(account.port()).isEqualTo(rig.origin().port());
    return profiles.of(account);
  }

  /** One refusal teaches the cool-down; after the restart the next title waits without one. */
  @Test
  void coolDown_learned_isKeptOverARestart() throws IOException {
    StreamLimit budget = StreamLimit.of(1, 458).coolDown(Duration.ofSeconds(2));
    try (Rig rig = Rig.start()) {
      rig.origin().budget(budget);
      rig.serve(PANEL + "1.mkv", Script.of(ONE).closing());
      rig.serve(PANEL + "2.mkv", Script.of(TWO).closing());
      rig.get(PANEL + "1.mkv").check(ONE, 0, ONE.length());
      rig.get(PANEL + "2.mkv").check(TWO, 0, TWO.length());
      int refusals = budget.refusals();
      assertThat(refusals).as("nobody has told us").isPositive();
      rig.restart();
      ProviderProfile known = profile(rig);
      assertThat(known.refusals()).containsExactly(458);
      assertThat(known.coolDown().time()).isGreaterThan(Duration.ofSeconds(1));
      assertThat(known.ranges()).contains(true);
      assertThat(known.line().firstByte()).isPositive();
      rig.serve(PANEL + "3.mkv", Script.of(ONE).closing());
      rig.serve(PANEL + "4.mkv", Script.of(TWO).closing());
      rig.get(PANEL + "3.mkv").check(ONE, 0, ONE.length());
      rig.get(PANEL + "4.mkv").check(TWO, 0, TWO.length());
      assertThat(budget.refusals()).isEqualTo(refusals);
    }
  }

  /** Otherwise a new player would be refused for lack of bandwidth that is in fact available. */
  @Test
  void lineRate_fillsAreHeldToARate_isThatOfTheLine() throws IOException {
    // Large enough that a player soon needs megabytes of it, however busy the machine is: otherwise
    // the background fill limit would apply.
    Content film = Content.of(/* seed= */ 3, 1024L * MIB);
    try (Rig rig = Rig.set("[provider *]", "FILL_RATE_LIMIT = 64KiB")) {
      rig.serve("/film.mkv", Script.of(film).pace(2 * MIB));
      try (CheckedStream player = rig.stream("/film.mkv", film)) {
        player.awaitBytes(6L * MIB);
      }
      assertThat(rig.origin().isRequestedWithin(Duration.ofSeconds(3), "/film.mkv", 2)).isFalse();
      rig.restart();
      assertThat(profile(rig).line().rate()).isGreaterThan(1.2 * MIB);
    }
  }

  /** An account that may be banned for one connection too many is not probed after each restart. */
  @Test
  void limit_learned_isKeptOverARestart() throws IOException {
    StreamLimit budget = StreamLimit.of(1, 458);
    Gate gate = new Gate();
    try (Rig rig = Rig.start()) {
      rig.origin().budget(budget);
      rig.serve("/one.mkv", Script.of(ONE).gate(100_000, gate)).serve("/two.mkv", Script.of(TWO));
      CheckedStream first = rig.stream("/one.mkv", ONE).awaitBytes(100_000);
      CheckedStream second = rig.stream("/two.mkv", TWO);
      rig.origin().awaitRequests("/two.mkv", 1);
      gate.open();
      assertThat(second.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(first.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      first.close();
      second.close();
      int refusals = budget.refusals();
      assertThat(refusals).as("nobody has told us").isPositive();
      rig.restart();
      rig.serve("/three.mkv", Script.of(ONE).gate(100_000, gate));
      CheckedStream third = rig.stream("/three.mkv", ONE);
      rig.serve("/four.mkv", Script.of(TWO));
      rig.get("/four.mkv").check(TWO, 0, TWO.length());
      assertThat(third.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      third.close();
      assertThat(budget.refusals()).isEqualTo(refusals);
    }
  }

  /** The file holds nothing about the account except its host and a digest. */
  @Test
  void file_holdsNoSecret() throws IOException {
    try (Rig rig = Rig.start()) {
      rig.serve(PANEL + "1.mkv", Script.of(ONE));
      rig.get(PANEL + "1.mkv?token=canary").check(ONE, 0, ONE.length());
      rig.restart();
      assertThat(Files.readString(rig.cache().resolve("PROVIDERS")))
          .contains("127.0.0.1:" + rig.origin().port() + "~")
          .doesNotContain("joe", "secret", "canary", "mkv");
    }
  }

  @Test
  void file_spoilt_isNoReasonNotToStart() throws IOException {
    try (Rig rig = Rig.start()) {
      rig.serve(PANEL + "1.mkv", Script.of(ONE));
      rig.restart();
      Files.writeString(rig.cache().resolve("PROVIDERS"), "streamcache habits 1 0\nrubbish");
      rig.restart();
      rig.get(PANEL + "1.mkv").check(ONE, 0, ONE.length());
    }
  }
}
