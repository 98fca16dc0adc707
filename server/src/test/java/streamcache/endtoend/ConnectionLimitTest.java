package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.StreamLimit;

/** The worst risk for users: an account that is banned for one connection too many. */
final class ConnectionLimitTest {

  private static final int MIB = 1 << 20;
  private static final String PANEL = "/movie/joe/secret/";
  private static final Content ONE = Content.of(/* seed= */ 1, 24L * MIB + 7);
  private static final Content TWO = Content.of(/* seed= */ 2, 16L * MIB + 3);

  private static Script film(Content content) {
    return Script.of(content).pace(12L * MIB);
  }

  private static void expectNothingWasted(Rig rig, String path, Content content) {
    rig.origin().awaitIdle();
    assertThat(rig.origin().bodyBytes(path))
        .as(rig.origin().requests(path).toString())
        .isLessThanOrEqualTo((long) (content.length() * 1.02));
  }

  /** The account is banned at the second connection; a panel path implies the limit of one. */
  @Test
  void oneConnection_playProbeSeekAndOthers_allByteExactAndNeverRefused() throws IOException {
    StreamLimit budget = StreamLimit.of(1, 403).banAfter(1);
    try (Rig rig =
        Rig.start().serve(PANEL + "1.mkv", film(ONE)).serve(PANEL + "2.mkv", film(TWO))) {
      rig.origin().budget(budget);
      List<CheckedStream> players = new ArrayList<>();
      players.add(rig.stream(PANEL + "1.mkv", ONE).awaitBytes(MIB));
      long end = ONE.length();
      Answer tail = rig.get(PANEL + "1.mkv", "Range: bytes=" + (end - 1000) + "-");
      tail.check(ONE, end - 1000, end);
      players.add(rig.stream(PANEL + "1.mkv", ONE, "Range: bytes=15000000-"));
      players.add(rig.stream(PANEL + "1.mkv", ONE, "Range: bytes=20000000-"));
      players.add(rig.stream(PANEL + "2.mkv", TWO));
      for (CheckedStream player : players) {
        assertThat(player.awaitHead().status()).isBetween(200, 206);
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        player.close();
      }
      expectNothingWasted(rig, PANEL + "1.mkv", ONE);
      expectNothingWasted(rig, PANEL + "2.mkv", TWO);
      assertThat(budget.refusals()).isZero();
      assertThat(rig.origin().peakConnections()).isEqualTo(1);
    }
  }

  @Test
  void manyPlayersAtOnce_neverMoreThanTheAccountAllows() throws IOException {
    StreamLimit budget = StreamLimit.of(4, 429).banAfter(1);
    try (Rig rig = Rig.set("[provider *]", "MAX_CONNECTIONS = 4")) {
      rig.origin().budget(budget);
      List<CheckedStream> players = new ArrayList<>();
      for (int title = 0; title < 6; title++) {
        Content content = Content.of(title, 6L * MIB + title);
        rig.serve("/" + title + ".mkv", Script.of(content).pace(8L * MIB));
        for (int from : new int[] {0, 5_500_000, 3_000_000}) {
          players.add(rig.stream("/" + title + ".mkv", content, "Range: bytes=" + from + "-"));
        }
      }
      for (CheckedStream player : players) {
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        player.close();
      }
      rig.origin().awaitIdle();
      assertThat(budget.refusals()).isZero();
      assertThat(rig.origin().peakConnections()).isLessThanOrEqualTo(4);
    }
  }

  /** The limit is not configured, and a closed connection still counts for a while. */
  @Test
  void coolDownUnknown_refusalsTeachIt_playersRideThrough() throws IOException {
    StreamLimit budget = StreamLimit.of(1, 458).coolDown(Duration.ofSeconds(2));
    try (Rig rig = Rig.start().serve(PANEL + "1.mkv", film(ONE))) {
      rig.origin().budget(budget);
      for (int from : new int[] {0, 20_000_000, 10_000_000, 15_000_000, 5_000_000}) {
        CheckedStream player =
            rig.stream(PANEL + "1.mkv", ONE, "Range: bytes=" + from + "-").awaitBytes(200_000);
        player.close();
      }
      assertThat(budget.refusals()).isBetween(1, 3);
    }
  }

  /** Found by hand: each title sent its own request, and the first reported a dead account. */
  @Test
  void coolDownUnknown_saidLikeARefusedAccount_titlesAskInTurnAndPlay() throws Exception {
    StreamLimit budget = StreamLimit.of(1, 403).coolDown(Duration.ofSeconds(2));
    Content film = Content.of(/* seed= */ 3, MIB);
    try (Rig rig = Rig.start();
        ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
      rig.origin().budget(budget);
      for (int title = 1; title <= 3; title++) {
        rig.serve(PANEL + title + ".mkv", Script.of(film).closing());
      }
      rig.get(PANEL + "1.mkv").check(film, 0, MIB);
      Future<Answer> second = viewers.submit(() -> rig.get(PANEL + "2.mkv"));
      Future<Answer> third = viewers.submit(() -> rig.get(PANEL + "3.mkv"));
      second.get().check(film, 0, MIB);
      third.get().check(film, 0, MIB);
      assertThat(budget.refusals()).isBetween(1, 3);
    }
  }

  /**
   * Found by hand: after a kill, the account was reported dead while the panel still counted the
   * old connection.
   */
  @Test
  void restart_whatWasOpenStillCounts_isRiddenOut() throws Exception {
    AtomicLong clock = new AtomicLong();
    StreamLimit budget = StreamLimit.of(1, 403).coolDown(Duration.ofSeconds(2)).clock(clock::get);
    Content film = Content.of(/* seed= */ 3, MIB);
    try (Rig rig = Rig.start();
        ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
      rig.origin().budget(budget);
      rig.serve(PANEL + "1.mkv", Script.of(ONE).stallAfter(MIB).closing());
      rig.serve(PANEL + "2.mkv", Script.of(film).closing());
      try (CheckedStream player = rig.stream(PANEL + "1.mkv", ONE)) {
        player.awaitBytes(MIB / 2);
        rig.restart();
      }
      Future<Answer> second = viewers.submit(() -> rig.get(PANEL + "2.mkv"));
      budget.awaitRefusals(1);
      clock.addAndGet(Duration.ofSeconds(2).toNanos());
      second.get().check(film, 0, MIB);
      assertThat(budget.refusals()).isBetween(1, 2);
    }
  }

  @Test
  void fewerAllowedThanThought_isLearnedFromRefusals() throws IOException {
    StreamLimit budget = StreamLimit.of(2, 429);
    try (Rig rig = Rig.start().serve("/1.mkv", film(ONE)).serve("/2.mkv", film(TWO))) {
      rig.origin().budget(budget);
      List<CheckedStream> players = new ArrayList<>();
      players.add(rig.stream("/1.mkv", ONE).awaitBytes(MIB));
      players.add(rig.stream("/2.mkv", TWO).awaitBytes(MIB));
      players.add(rig.stream("/1.mkv", ONE, "Range: bytes=20000000-"));
      players.add(rig.stream("/2.mkv", TWO, "Range: bytes=12000000-"));
      for (CheckedStream player : players) {
        assertThat(player.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        player.close();
      }
      assertThat(budget.refusals()).isBetween(1, 2);
    }
  }

  /** A 403 does not state its reason; only the title that receives it may fail. */
  @Test
  void oneTitleRefusedWhileAnotherPlays_isToldToItsPlayerAlone() throws IOException {
    try (Rig rig =
        Rig.start()
            .serve("/1.mkv", film(ONE))
            .serve("/2.mkv", film(TWO))
            .serve("/dead.mkv", Script.status(403))) {
      CheckedStream player = rig.stream("/1.mkv", ONE).awaitBytes(MIB);
      Answer dead = rig.get("/dead.mkv");
      assertThat(dead.status()).isEqualTo(502);
      assertThat(dead.text()).contains("refused the account");
      CheckedStream other = rig.stream("/2.mkv", TWO).awaitBytes(MIB);
      CheckedStream seeking = rig.stream("/1.mkv", ONE, "Range: bytes=24000000-");
      for (CheckedStream each : List.of(player, other, seeking)) {
        assertThat(each.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
        each.close();
      }
      assertThat(rig.origin().requests("/dead.mkv")).hasSize(3);
    }
  }

  /** A request refused beside another connection but accepted without it shows a limit of one. */
  @Test
  void limitThatLooksLikeARefusedAccount_isLearned() throws IOException {
    StreamLimit budget = StreamLimit.of(1, 403);
    try (Rig rig = Rig.start().serve("/1.mkv", film(ONE)).serve("/2.mkv", film(TWO))) {
      rig.origin().budget(budget);
      CheckedStream first = rig.stream("/1.mkv", ONE).awaitBytes(MIB);
      CheckedStream second = rig.stream("/2.mkv", TWO);
      assertThat(first.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(second.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      int refusals = budget.refusals();
      assertThat(refusals).isBetween(1, 2);
      first.close();
      second.close();
      rig.serve("/3.mkv", film(ONE)).serve("/4.mkv", film(TWO));
      first = rig.stream("/3.mkv", ONE).awaitBytes(MIB);
      second = rig.stream("/4.mkv", TWO);
      assertThat(first.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(second.awaitEnd()).isEqualTo(BodyEnd.CLEAN);
      assertThat(budget.refusals()).isEqualTo(refusals);
      first.close();
      second.close();
    }
  }
}
