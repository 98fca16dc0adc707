package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import streamcache.range.ByteRange;
import streamcache.range.RangeSet;

/** What is opened, and for whom; PreemptionTest covers who gives way. */
final class DecisionTest {

  private static final long MIB = Situation.MIB;
  private static final long TOTAL = Situation.TOTAL;
  private static final long END = Long.MAX_VALUE;

  private static Action.Open open(Situation.Title title, long start, long end) {
    return new Action.Open(title.key, start, end);
  }

  @Test
  void decide_unknownTitle_opensOnceAtStart() {
    Situation situation = new Situation();
    Situation.Title title = situation.title().unknown().starved(0);
    assertThat(situation.decide()).containsExactly(open(title, 0, END));
    title.opening(1, 0).starved(0);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void decide_unknownTitleNearRange_startsFillAtZero() {
    Situation situation = new Situation();
    Situation.Title title = situation.title().unknown().starved(20 * MIB);
    assertThat(situation.decide()).containsExactly(open(title, 0, END));
  }

  @Test
  void decide_unknownTitleFarRange_looksAtTheBeginningAndFetchesThatRangeNext() {
    long far = 20 * MIB + 1;
    Situation unknown = new Situation();
    Situation.Title title = unknown.title().unknown().starved(far);
    long beginning = Decision.BEGINNING_BYTES;
    assertThat(unknown.decide()).containsExactly(open(title, 0, beginning));

    Situation looking = new Situation();
    looking.title().until(1, 0, beginning).starved(far);
    assertThat(looking.decide()).as("its end comes first").isEmpty();

    Situation known = new Situation();
    title = known.title().present(0, beginning).starved(far);
    assertThat(known.decide()).containsExactly(open(title, far, END));
  }

  @Test
  void decide_headOfUnknownTitle_asksForLittle() {
    Situation situation = new Situation();
    Situation.Title title = situation.title().unknown().factsOnly();
    assertThat(situation.decide()).containsExactly(open(title, 0, Decision.FACTS_BYTES));
  }

  /** The response is on its way; the requested metadata is stored. */
  @Test
  void decide_headOfKnownTitle_opensNothing() {
    Situation situation = new Situation();
    Situation.Title title = situation.title().present(0, Decision.FACTS_BYTES).factsOnly();
    title.fill = false;
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void decide_starvedFarAhead_opensSecondConnection() {
    Situation situation = new Situation().budget(2);
    Situation.Title title = situation.title().running(1, 50 * MIB).starved(500 * MIB);
    assertThat(situation.decide()).containsExactly(open(title, 500 * MIB, END));
  }

  /** Found by the soak: a reader without a buffer took half a minute's bytes at once. */
  @Test
  void decide_waitsLongThoughItSeemsToHaveEnough_isServedBeforeANewcomer() {
    Situation situation = new Situation().budget(1);
    Situation.Title title = situation.title().present(0, 10 * MIB);
    title.watched(60).demand(10 * MIB, /* waited= */ 19, /* buffered= */ 25);
    situation.title().demand(0, /* waited= */ 1, /* buffered= */ 0);
    assertThat(situation.decide()).containsExactly(open(title, 10 * MIB, END));
  }

  @Test
  void decide_waitsBrieflyAndHasEnough_comesAfterANewcomer() {
    Situation situation = new Situation().budget(1);
    situation.title().present(0, 10 * MIB).watched(60).demand(10 * MIB, 5, /* buffered= */ 25);
    Situation.Title newcomer = situation.title().demand(0, /* waited= */ 1, /* buffered= */ 0);
    assertThat(situation.decide()).containsExactly(open(newcomer, 0, END));
  }

  /** Found by exploration: a remux whose connection broke waited for as long as a film played. */
  @Test
  void decide_greedyReaderStandsStill_getsTheLastPlace() {
    Situation situation = new Situation().budget(2);
    situation.title().present(0, 100 * MIB).playing(50 * MIB, 0).running(1, 100 * MIB);
    Situation.Title remux = situation.title().present(0, 10 * MIB);
    remux.demand(10 * MIB, /* waited= */ 20, /* buffered= */ 3600);
    assertThat(situation.decide()).containsExactly(open(remux, 10 * MIB, END));
  }

  /**
   * Found by exploration: the provider counted closed connections for longer than a player waits.
   * Each fill began elsewhere, had to be closed for the player, and cost it its next wait.
   */
  @Test
  void decide_playerHasLeftWhereItWaited_fillGoesOnThere() {
    Situation situation = new Situation().budget(1);
    Situation.Title title = situation.title().present(0, 10 * MIB).leftAt(500 * MIB);
    assertThat(situation.decide()).containsExactly(open(title, 500 * MIB, END));
  }

  /** Found by hostile clients: a connection's known position may lag behind the present ranges. */
  @Test
  void decide_connectionHasBroughtMoreThanItsPositionSays_opensNoSecondOne() {
    Situation situation = new Situation().budget(2);
    situation.title().present(0, 500 * MIB).running(1, 50 * MIB).starved(500 * MIB);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void decide_starvedHalfASecondAhead_readsOn() {
    Situation situation = new Situation().budget(2);
    Situation.Title title = situation.title().running(1, 50 * MIB);
    title.starved(50 * MIB + Situation.RATE / 2);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void decide_starvedASecondAhead_opensSecond() {
    Situation situation = new Situation().budget(2);
    Situation.Title title = situation.title().running(1, 50 * MIB).starved(55 * MIB);
    assertThat(situation.decide()).containsExactly(open(title, 55 * MIB, END));
  }

  @Test
  void decide_starvedNearAheadOfOneJustOpened_readsOn() {
    Situation situation = new Situation().budget(2).upstream(0.3, 0, 0);
    Situation.Title title = situation.title().opening(1, 50 * MIB).starved(70 * MIB);
    assertThat(situation.decide()).isEmpty();
    title.starved(70 * MIB + 1);
    assertThat(situation.decide()).containsExactly(open(title, 70 * MIB + 1, END));
  }

  /** The bytes would arrive soon, but the provider would first send 70 MiB for nothing. */
  @Test
  void decide_starvedBehindMuchOfAFastLine_opensSecond() {
    Situation situation = new Situation().budget(2).upstream(0.005, 200 * MIB, 0);
    Situation.Title title = situation.title().runningAt(1, 50 * MIB, 200 * MIB).starved(120 * MIB);
    assertThat(situation.decide()).containsExactly(open(title, 120 * MIB, END));
  }

  @Test
  void decide_starvedBehindConnection_opensUpToIt() {
    Situation situation = new Situation().budget(2);
    Situation.Title title = situation.title().running(1, 500 * MIB).starved(100 * MIB);
    assertThat(situation.decide()).containsExactly(open(title, 100 * MIB, 500 * MIB));
    title.present(400 * MIB, 500 * MIB);
    assertThat(situation.decide()).containsExactly(open(title, 100 * MIB, 400 * MIB));
  }

  @Test
  void decide_nearTheVeryEnd_fetchesALittleBeforeIt() {
    Situation situation = new Situation().budget(2);
    Situation.Title title = situation.title().running(1, 50 * MIB).starved(TOTAL - 1000);
    assertThat(situation.decide()).containsExactly(open(title, TOTAL - 256 * 1024, END));
    title.present(TOTAL - 300 * 1024, TOTAL - 2000);
    assertThat(situation.decide()).containsExactly(open(title, TOTAL - 2000, END));
  }

  @Test
  void decide_twoStarvedAtOnePlace_opensOnce() {
    Situation situation = new Situation();
    Situation.Title title = situation.title().starved(500 * MIB).starved(500 * MIB + 1000);
    assertThat(situation.decide()).containsExactly(open(title, 500 * MIB, END));
  }

  @Test
  void decide_playerRunsLowBeforeAHole_opensInTime() {
    Situation situation = new Situation();
    Situation.Title title = situation.title();
    title.present(0, 100 * MIB).playing(99 * MIB, /* buffered= */ 1);
    assertThat(situation.decide()).containsExactly(open(title, 100 * MIB, END));
  }

  @Test
  void decide_providerWithoutRanges_neverOpensSecond() {
    Situation situation = new Situation().budget(4);
    situation.title().withoutRanges().running(1, 10 * MIB).starved(900 * MIB);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void decide_providerWithoutRanges_startsOverFromZero() {
    Situation situation = new Situation();
    Situation.Title title = situation.title().withoutRanges().starved(900 * MIB);
    title.present(0, 100 * MIB);
    assertThat(situation.decide()).containsExactly(open(title, 0, END));
  }

  @Test
  void decide_nobodyWaits_fillsHoleAheadOfNewestReaderFirst() {
    Situation situation = new Situation();
    Situation.Title title = situation.title().playing(600 * MIB, /* buffered= */ 10);
    title.present(550 * MIB, 700 * MIB);
    assertThat(situation.decide()).containsExactly(open(title, 700 * MIB, END));
    title.present = RangeSet.of(new ByteRange(550 * MIB, TOTAL));
    assertThat(situation.decide()).containsExactly(open(title, 0, 550 * MIB));
  }

  @Test
  void decide_twoTitlesToComplete_keepsAPlaceFree() {
    Situation situation = new Situation().budget(2);
    Situation.Title first = situation.title();
    situation.title();
    assertThat(situation.decide()).containsExactly(open(first, 0, END));
    first.running(1, 10 * MIB);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void decide_onlyPlaceFree_isUsedToComplete() {
    Situation situation = new Situation().budget(1);
    Situation.Title title = situation.title();
    assertThat(situation.decide()).containsExactly(open(title, 0, END));
  }

  @Test
  void decide_starvedBesideTitleToComplete_goesFirst() {
    Situation situation = new Situation().budget(1);
    situation.title();
    Situation.Title watched = situation.title().starved(5 * MIB);
    assertThat(situation.decide()).containsExactly(open(watched, 5 * MIB, END));
  }

  @Test
  void decide_pausedTitle_opensNothing() {
    Situation situation = new Situation();
    situation.title().paused().starved(0);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void decide_completeTitle_opensNothing() {
    Situation situation = new Situation();
    situation.title().present(0, TOTAL).playing(0, 0);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void decide_completionNotWanted_opensNothing() {
    Situation situation = new Situation();
    situation.title().fill = false;
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void decide_noPlaceFree_opensNothing() {
    Situation situation = new Situation().budget(1).taken(1);
    situation.title().starved(0);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void decide_readerTakesItFasterThanItPlays_isNoReasonToOpenBesideAnother() {
    Situation situation = new Situation().budget(2);
    situation.title().running(1, 10 * MIB).playing(10 * MIB, 5);
    Situation.Title remux = situation.title().present(0, 400 * MIB);
    remux.fill = false;
    remux.demand(400 * MIB, /* waited= */ 5, /* buffered= */ 300);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void decide_threeConnectionsNobodyLivesOn_closesAllButThatOfTheFill() {
    Situation situation = new Situation().budget(4);
    Situation.Title title =
        situation.title().running(1, 0).running(2, 300 * MIB).running(3, 600 * MIB);
    assertThat(situation.decide()).isEqualTo(List.of(new Action.Close(title.key, 2)));
  }
}
