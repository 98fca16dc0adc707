package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who gives way to a player that stands still when the provider allows one connection. */
final class HandOverTest {

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
    Situation situation = one().line(0.8, Situation.RATE, 0);
    Situation.Title title = situation.title().young(1, 50 * MIB, /* ran= */ 0.7);
    title.starved(500 * MIB);
    assertThat(situation.decide()).isEmpty();
  }

  @Test
  void seek_connectionHasNotAnsweredYet_waitsForIt() {
    Situation situation = one();
    situation.title().opening(1, 50 * MIB).starved(500 * MIB);
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

  @Test
  void secondTitle_firstPlayerHasLittle_waits() {
    Situation situation = one();
    Situation.Title first = situation.title().running(1, 32 * MIB).present(0, 32 * MIB);
    first.playing(31 * MIB, /* buffered= */ 1);
    situation.title().starved(0);
    assertThat(situation.decide()).isEmpty();
  }

  /** The more of the line they fill, the longer each has to live on what it has. */
  @Test
  void secondTitle_lineIsNearlyFull_needsMoreAhead() {
    assertThat(besideOneWith25Seconds(5 * MIB).decide()).hasSize(1);
    assertThat(besideOneWith25Seconds(2.5 * MIB).decide()).isEmpty();
  }

  private static Situation besideOneWith25Seconds(double rate) {
    Situation situation = one().line(0.8, rate, 3);
    Situation.Title first = situation.title().runningAt(1, 50 * MIB, rate).present(0, 50 * MIB);
    first.playing(30 * MIB, /* buffered= */ 5);
    situation.title().starved(0);
    return situation;
  }

  /** More than the line carries: the first keeps it, or all would stand still. */
  @Test
  void secondTitle_lineCarriesOnlyOne_waits() {
    Situation situation = one().line(0.8, 1.6 * MIB, 0);
    Situation.Title first = situation.title().runningAt(1, 60 * MIB, 1.6 * MIB);
    first.present(0, 60 * MIB).playing(20 * MIB, /* buffered= */ 10);
    situation.title().demand(0, /* waited= */ 30, /* buffered= */ 0);
    assertThat(situation.decide()).isEmpty();
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
    Situation situation = one().line(0.8, 2.5 * MIB, 3);
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

  @Test
  void libraryScan_nobodyPlays_getsItsTurn() {
    Situation situation = one();
    Situation.Title filling = situation.title().running(1, 32 * MIB);
    situation.title().unknown().factsOnly();
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

  @Test
  void titleWithoutRanges_somebodyLivesOnIt_isNeverCut() {
    Situation situation = one();
    Situation.Title first = situation.title().withoutRanges().running(1, 400 * MIB);
    first.present(0, 400 * MIB).playing(100 * MIB, 10);
    situation.title().starved(0);
    assertThat(situation.decide()).isEmpty();
  }
}
