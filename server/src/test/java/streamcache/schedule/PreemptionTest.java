package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which connection gives way to a starved player when the provider allows one connection. */
final class PreemptionTest {

  private static final long MIB = Situation.MIB;

  private static Action.Close close(Situation.Title title, long connection) {
    return new Action.Close(title.key, connection);
  }

  private static Situation one() {
    return new Situation().budget(1);
  }

  @Test
  void seek_oldPlaceNobodyReads_takesItsConnection() {
    Situation situation = one();
    Situation.Title title = situation.title().running(1, 50 * MIB).starved(500 * MIB);
    assertThat(situation.decide()).containsExactly(close(title, 1));
  }

  @Test
  void seek_justNow_waitsForThePlayerToSettle() {
    Situation situation = one();
    situation.title().running(1, 50 * MIB).demand(500 * MIB, /* waited= */ 0.1, 0);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void seek_connectionHasJustBegun_letsItRunABit() {
    Situation situation = one().upstream(0.8, Situation.RATE, 0);
    Situation.Title title = situation.title().young(1, 50 * MIB, /* ran= */ 0.3);
    title.starved(500 * MIB);
    assertThat(situation.decide()).isEmpty();
  }

  /** A player that reads the tail comes back and plays what was received until then. */
  @Test
  void seek_connectionHasBroughtEnoughToComeBackTo_takesIt() {
    Situation situation = one().upstream(0.8, Situation.RATE, 0);
    Situation.Title title = situation.title().young(1, 5 * MIB, /* ran= */ 0.4);
    title.starved(Situation.TOTAL - MIB);
    assertThat(situation.decide()).containsExactly(close(title, 1));
  }

  @Test
  void secondTitle_firstPlayersConnectionHasJustBegun_letsItRunABit() {
    Situation situation = one().upstream(0.8, Situation.RATE, 0);
    Situation.Title first = situation.title().young(1, 60 * MIB, /* ran= */ 0.7);
    first.present(0, 60 * MIB).playing(30 * MIB, /* buffered= */ 5);
    situation.title().starved(0);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void seek_connectionHasNotAnsweredYet_waitsForIt() {
    Situation situation = one();
    situation.title().opening(1, 50 * MIB).starved(500 * MIB);
    assertThat(situation.decide()).isEmpty();
  }

  /** The provider would count the abandoned request until it has answered it. */
  @Test
  void secondTitle_fillHasNotBeenAnsweredYet_waitsForTheAnswer() {
    Situation situation = one();
    situation.title().opening(1, 0);
    situation.title().demand(0, /* waited= */ 10, /* buffered= */ 0);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void seek_aPlaceIsAboutToComeFree_takesNone() {
    Situation situation = one().settling();
    situation.title().running(1, 50 * MIB).starved(500 * MIB);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void secondTitle_firstPlayerHasPlenty_takesItsConnection() {
    Situation situation = one();
    Situation.Title first = situation.title().running(1, 60 * MIB).present(0, 60 * MIB);
    first.playing(30 * MIB, /* buffered= */ 5);
    situation.title().starved(0);
    assertThat(situation.decide()).containsExactly(close(first, 1));
  }

  /** The fill's last bytes would later cost a connection of their own. */
  @Test
  void secondTitle_fillIsThroughInAMoment_waits() {
    long left = Situation.RATE / 4;
    Situation situation = one();
    situation.title().running(1, Situation.TOTAL - left);
    situation.title().starved(0);
    assertThat(situation.decide()).isEmpty();
  }

  /** Found by hand: a film without ranges was dropped at 88 % and fetched again from its start. */
  @Test
  void secondTitle_fillWithoutRangesIsThroughInSeconds_waits() {
    for (int seconds : new int[] {4, 6}) {
      Situation situation = one();
      Situation.Title filling =
          situation.title().withoutRanges().running(1, Situation.TOTAL - seconds * Situation.RATE);
      situation.title().starved(0);
      assertThat(situation.decide())
          .isEqualTo(seconds < 5 ? List.of() : List.of(close(filling, 1)));
    }
  }

  @Test
  void secondTitle_firstPlayerHasLittle_waits() {
    Situation situation = one();
    Situation.Title first = situation.title().running(1, 32 * MIB).present(0, 32 * MIB);
    first.playing(31 * MIB, /* buffered= */ 1);
    situation.title().starved(0);
    assertThat(situation.decide()).isEmpty();
  }

  /** The more of the bandwidth the titles use, the longer each must live on its buffer. */
  @Test
  void secondTitle_lineIsNearlyFull_needsMoreAhead() {
    assertThat(besideOneWith25Seconds(5 * MIB).decide()).hasSize(1);
    assertThat(besideOneWith25Seconds(2.5 * MIB).decide()).isEmpty();
  }

  private static Situation besideOneWith25Seconds(double rate) {
    Situation situation = one().upstream(0.8, rate, 3);
    Situation.Title first = situation.title().runningAt(1, 50 * MIB, rate).present(0, 50 * MIB);
    first.playing(30 * MIB, /* buffered= */ 5);
    situation.title().starved(0);
    return situation;
  }

  /**
   * At a provider that counts a closed connection for 15 s, a minute ahead is less than the two
   * swaps and the time to refill that it takes until the first player has a connection again.
   */
  @Test
  void secondTitle_swapTakesLong_aMinuteAheadIsNotEnough() {
    assertThat(besideOneWith(/* ahead= */ 100, 2.5 * MIB, /* coolDown= */ 15)).isEmpty();
    assertThat(besideOneWith(/* ahead= */ 130, 2.5 * MIB, /* coolDown= */ 15)).hasSize(1);
    assertThat(besideOneWith(/* ahead= */ 61, 2.5 * MIB, /* coolDown= */ 6)).hasSize(1);
  }

  /** Until a film has begun, its player swaps connections twice more: for its end, and back. */
  @Test
  void secondTitle_swapTakesLongAndItOnlyBegins_needsTwoSwapsMoreAhead() {
    assertThat(besideOneWith(/* ahead= */ 70, 5 * MIB, /* coolDown= */ 15)).isEmpty();
    assertThat(besideOneWith(/* ahead= */ 90, 5 * MIB, /* coolDown= */ 15)).hasSize(1);
    assertThat(besideOneWith(/* ahead= */ 35, 5 * MIB, /* coolDown= */ 6)).hasSize(1);
  }

  private static List<Action> besideOneWith(long ahead, double rate, double coolDown) {
    Situation situation = one().upstream(0.8, rate, coolDown);
    long stored = (ahead - 5) * MIB;
    Situation.Title first = situation.title().runningAt(1, stored, rate).present(0, stored);
    first.playing(0, /* buffered= */ 5);
    situation.title().starved(0);
    return situation.decide();
  }

  /** The bandwidth does not suffice for both: the first title keeps it, or both would stall. */
  @Test
  void secondTitle_lineCarriesOnlyOne_waits() {
    Situation situation = one().upstream(0.8, 1.6 * MIB, 0);
    Situation.Title first = situation.title().runningAt(1, 60 * MIB, 1.6 * MIB);
    first.present(0, 60 * MIB).playing(20 * MIB, /* buffered= */ 10);
    situation.title().demand(0, /* waited= */ 30, /* buffered= */ 0);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void firstTitle_lineCarriesOnlyOneAndItRunsLow_takesTheConnectionOfTheSecond() {
    Situation situation = one().upstream(0.8, 1.6 * MIB, 0);
    Situation.Title second = situation.title().watched(100).present(0, 50 * MIB);
    second.runningAt(1, 50 * MIB, 1.6 * MIB).playing(20 * MIB, /* buffered= */ 10);
    Situation.Title first = situation.title().watched(200);
    first.present(0, 51 * MIB).playing(50 * MIB, /* buffered= */ 0.5);
    assertThat(situation.decide()).containsExactly(close(second, 1));
  }

  @Test
  void firstTitle_lineCarriesOnlyOneAndAPlaceComesFree_getsItBeforeTheSecond() {
    Situation situation = one().upstream(0.8, 1.6 * MIB, 0);
    situation.title().watched(100).demand(0, /* waited= */ 7, /* buffered= */ 0);
    Situation.Title first = situation.title().watched(200);
    first.present(0, 51 * MIB).playing(50 * MIB, /* buffered= */ 0.5);
    assertThat(situation.decide())
        .containsExactly(new Action.Open(first.key, 51 * MIB, Long.MAX_VALUE));
  }

  /** Bandwidth for two titles serves two, however many more are waiting. */
  @Test
  void thirdTitle_lineCarriesTwo_thoseTwoStillTakeTurns() {
    Situation situation = one().upstream(0.8, 2.5 * MIB, 0);
    Situation.Title first = situation.title().watched(300).present(0, 60 * MIB);
    first.runningAt(1, 60 * MIB, 2.5 * MIB).playing(30 * MIB, /* buffered= */ 5);
    situation.title().watched(200).starved(0);
    situation.title().watched(100).starved(0);
    assertThat(situation.decide()).containsExactly(close(first, 1));
  }

  @Test
  void secondTitle_waitsTooLongAlthoughThereIsEnough_getsItsTurn() {
    Situation situation = one();
    Situation.Title first = situation.title().running(1, 32 * MIB).present(0, 32 * MIB);
    first.playing(30 * MIB, /* buffered= */ 0);
    situation.title().demand(0, /* waited= */ 20, /* buffered= */ 0);
    assertThat(situation.decide()).containsExactly(close(first, 1));
  }

  @Test
  void tailProbe_playerHasALittle_takesItsConnectionForAMoment() {
    double swap = 3.8;
    Situation situation = one().upstream(0.8, 2.5 * MIB, 3);
    Situation.Title title =
        situation.title().runningAt(1, 40 * MIB, 2.5 * MIB).present(0, 40 * MIB);
    title.playing(30 * MIB, /* buffered= */ 2 * swap + 2 - 10 + 0.1);
    title.starved(Situation.TOTAL - 1000);
    assertThat(situation.decide()).containsExactly(close(title, 1));
  }

  @Test
  void runsLow_anotherHasMuchMore_takesItsConnection() {
    Situation situation = one();
    Situation.Title rich = situation.title().running(1, 90 * MIB).present(0, 90 * MIB);
    rich.playing(40 * MIB, /* buffered= */ 5);
    Situation.Title poor = situation.title().present(0, 51 * MIB);
    poor.playing(50 * MIB, /* buffered= */ 0.5);
    assertThat(situation.decide()).containsExactly(close(rich, 1));
  }

  @Test
  void libraryScan_somebodyPlays_waits() {
    Situation situation = one();
    Situation.Title first = situation.title().running(1, 32 * MIB).present(0, 32 * MIB);
    first.playing(31 * MIB, /* buffered= */ 1);
    situation.title().unknown().factsOnly();
    assertThat(situation.decide()).isEmpty();
  }

  /** Found by hand: each slot that a viewer's title freed for itself went to the next scan. */
  @Test
  void libraryScan_somebodyRunsLow_getsItsPlaceLater() {
    Situation situation = one();
    situation.title().unknown().starved(0);
    Situation.Title watched = situation.title().present(0, 51 * MIB);
    watched.playing(50 * MIB, /* buffered= */ 0.5);
    situation.title().unknown().factsOnly();
    assertThat(situation.decide())
        .containsExactly(new Action.Open(watched.key, 51 * MIB, Long.MAX_VALUE));
  }

  @Test
  void place_oneStandsStillAnotherRunsLow_goesToWhoHasWatchedForAWhile() {
    for (int seconds : new int[] {10, 40}) {
      Situation situation = one();
      Situation.Title low = situation.title().watched(300).present(0, 51 * MIB);
      low.playing(50 * MIB, /* buffered= */ 0.5);
      Situation.Title still = situation.title().watched(seconds).starved(100 * MIB);
      assertThat(situation.decide())
          .containsExactly(
              seconds < 30
                  ? new Action.Open(low.key, 51 * MIB, Long.MAX_VALUE)
                  : new Action.Open(still.key, 100 * MIB, Long.MAX_VALUE));
    }
  }

  @Test
  void libraryScan_nobodyPlays_getsItsTurn() {
    Situation situation = one();
    Situation.Title filling = situation.title().running(1, 32 * MIB);
    situation.title().unknown().factsOnly();
    assertThat(situation.decide()).containsExactly(close(filling, 1));
  }

  /** Another connection of the title was refused; its player depends on the one that runs. */
  @Test
  void otherTitle_connectionOfAPausedTitleIsLivedOn_isLeftAlone() {
    Situation situation = one();
    Situation.Title first = situation.title().paused().running(1, 32 * MIB);
    first.present(0, 32 * MIB).playing(32 * MIB, /* buffered= */ 1);
    situation.title().starved(0);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void pausedTitle_itsPlayerIsElsewhere_closesNothingThatCouldNotBeOpenedAnew() {
    Situation situation = one();
    situation.title().paused().running(1, 50 * MIB).starved(500 * MIB);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void libraryScan_somebodyNewWantsToPlay_isNoLoadOnTheLine() {
    Situation situation = one();
    Situation.Title first = situation.title().running(1, 32 * MIB).present(0, 32 * MIB);
    first.playing(31 * MIB, /* buffered= */ 4);
    situation.title().starved(0);
    for (int scanned = 0; scanned < 5; scanned++) {
      situation.title().unknown().factsOnly();
    }
    assertThat(situation.decide()).containsExactly(close(first, 1));
  }

  /** The player would have to take it later anyway, and a seek until then finds more stored. */
  @Test
  void playerWithSomeAhead_lineOnlyCompletesAnotherTitle_takesIt() {
    Situation situation = one();
    Situation.Title filling = situation.title().running(1, 32 * MIB);
    situation.title().present(0, 51 * MIB).playing(20 * MIB, /* buffered= */ 5);
    assertThat(situation.decide()).containsExactly(close(filling, 1));
  }

  @Test
  void playerWithSomeAhead_anotherHasAFewMinutes_waits() {
    Situation situation = one();
    Situation.Title first = situation.title().running(1, 232 * MIB).present(0, 232 * MIB);
    first.playing(32 * MIB, /* buffered= */ 5);
    situation.title().present(0, 51 * MIB).playing(20 * MIB, /* buffered= */ 5);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void wholeFileReader_besidePlayerWithSomeAhead_givesWay() {
    Situation situation = one();
    Situation.Title remux = situation.title().running(1, 400 * MIB).present(0, 400 * MIB);
    remux.demand(400 * MIB, /* waited= */ 0, /* buffered= */ 3600);
    situation.title().present(0, 51 * MIB).playing(20 * MIB, /* buffered= */ 5);
    assertThat(situation.decide()).containsExactly(close(remux, 1));
  }

  @Test
  void wholeFileReader_lineOnlyCompletesAnotherTitle_takesIt() {
    Situation situation = one();
    Situation.Title filling = situation.title().running(1, 32 * MIB);
    Situation.Title remux = situation.title().present(0, 400 * MIB);
    remux.demand(400 * MIB, /* waited= */ 1, /* buffered= */ 3600);
    assertThat(situation.decide()).containsExactly(close(filling, 1));
  }

  @Test
  void wholeFileReader_besideNewPlayer_givesWay() {
    Situation situation = one();
    Situation.Title remux = situation.title().running(1, 400 * MIB).present(0, 400 * MIB);
    remux.demand(400 * MIB, /* waited= */ 0, /* buffered= */ 300);
    situation.title().starved(0);
    assertThat(situation.decide()).containsExactly(close(remux, 1));
  }

  @Test
  void wholeFileReader_lineIsTaken_waitsForEver() {
    Situation situation = one();
    situation.title().running(1, 32 * MIB).present(0, 32 * MIB).playing(31 * MIB, 1);
    Situation.Title remux = situation.title().present(0, 400 * MIB);
    remux.demand(400 * MIB, /* waited= */ 100, /* buffered= */ 300);
    assertThat(situation.decide()).isEmpty();
  }

  /** Closing it would help no player, and it would be reopened and closed again. */
  @Test
  void titleThatMayHaveOneConnection_anotherTitleOnlyCompletes_leavesItAlone() {
    Situation situation = new Situation().budget(3);
    situation.title().running(1, 32 * MIB);
    Situation.Title title = situation.title().alone().running(2, 50 * MIB);
    title.playing(50 * MIB, /* buffered= */ 1).starved(500 * MIB);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void titleWithoutRanges_somebodyLivesOnIt_isNeverCut() {
    Situation situation = one();
    Situation.Title first = situation.title().withoutRanges().running(1, 400 * MIB);
    first.present(0, 400 * MIB).playing(100 * MIB, 10);
    situation.title().starved(0);
    assertThat(situation.decide()).isEmpty();
  }
}
