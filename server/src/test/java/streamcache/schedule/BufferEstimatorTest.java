package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a player's reads reveal about its buffer; the film here plays at 1 MiB a second. */
final class BufferEstimatorTest {

  private static final long MIB = 1024 * 1024;
  private static final OptionalLong TOTAL = OptionalLong.of(5400 * MIB);

  private final Bitrate bitrate = new Bitrate();
  private final BufferEstimator pace = new BufferEstimator(bitrate, 0);

  private static long at(double seconds) {
    return Math.round(seconds * 1e9);
  }

  private void takes(long bytes, double from, double to) {
    pace.sends(TOTAL, at(from));
    pace.sent(bytes, TOTAL, at(to));
  }

  private double buffered(double seconds) {
    return pace.buffered(TOTAL, at(seconds));
  }

  @Test
  void buffered_burst_isWhatWasTakenLessWhatWasPlayed() {
    takes(4 * MIB, 0, 0.1);
    assertThat(buffered(0.1)).isCloseTo(4, within(0.1));
    assertThat(buffered(3)).isCloseTo(1.1, within(0.1));
    assertThat(buffered(9)).isZero();
  }

  /** A player with a small buffer must not be taken for one that can play on for ten seconds. */
  @Test
  void buffered_playerStopsTaking_isWhatItsBufferHolds() {
    takes(4 * MIB, 0, 0.1);
    takes(MIB, 0.1, 0.2);
    takes(4 * MIB, 0.2, 4);
    assertThat(buffered(4)).isCloseTo(5, within(0.1));
    takes(4 * MIB, 4, 8);
    assertThat(buffered(8)).isCloseTo(5, within(0.1));
  }

  /** What the player has used of a step shows only at its end, and must not count as buffered. */
  @Test
  void buffered_inTheMidstOfAStep_goesDownAsTheFilmPlays() {
    takes(4 * MIB, 0, 0.1);
    takes(4 * MIB, 0.1, 4);
    double full = buffered(4);
    pace.sends(TOTAL, at(4));
    assertThat(buffered(7)).isCloseTo(full - 3, within(0.1));
  }

  @Test
  void buffered_pausedInTheMidstOfAStep_isFullLessTheStep() {
    takes(4 * MIB, 0, 0.1);
    takes(4 * MIB, 0.1, 4);
    double full = buffered(4);
    pace.sends(TOTAL, at(4));
    assertThat(buffered(600)).isCloseTo(full - 4, within(0.1));
  }

  /** The film's rate is twice the estimate, and so is what was played while the buffer filled. */
  @Test
  void buffered_rateShowsLater_isReckonedAnew() {
    takes(4 * MIB, 0, 0.1);
    takes(4 * MIB, 0.1, 2);
    assertThat(buffered(2)).isCloseTo(6, within(0.1));
    bitrate.shows(2 * MIB);
    assertThat(buffered(2)).isCloseTo(2, within(0.1));
  }

  /** The player read the head and then paused; the pause did not mean that its buffer was full. */
  @Test
  void buffered_takesMuchMoreThanItsBufferSeemedToHold_holdsThat() {
    for (int earlier = 0; earlier < 3; earlier++) {
      bitrate.shows(MIB);
    }
    takes(MIB / 2, 0, 0.6);
    for (double at = 0.6; at < 1.7; at += 0.1) {
      takes(MIB, at, at + 0.1);
    }
    takes(MIB, 7, 8);
    assertThat(buffered(8)).isLessThan(1);
    takes(4 * MIB, 20, 20.1);
    takes(4 * MIB, 20.1, 20.2);
    takes(4 * MIB, 20.2, 20.3);
    takes(MIB, 20.3, 21.3);
    assertThat(buffered(21.3)).isCloseTo(11.7, within(0.2));
  }

  @Test
  void buffered_takesMoreThanAnyPlayerHolds_needsNothingForLong() {
    for (int step = 0; step < 16; step++) {
      takes(4 * MIB, step / 10.0, step / 10.0 + 0.1);
    }
    assertThat(buffered(1.7)).isCloseTo(62.3, within(0.1));
    takes(4 * MIB, 1.7, 1.8);
    assertThat(buffered(1.8)).isEqualTo(3600);
    assertThat(buffered(60)).isEqualTo(3600);
  }

  /** It may have been a player with a very large buffer. */
  @Test
  void buffered_tookMoreThanAnyPlayerHoldsAndHasWaitedAsLong_isNothing() {
    takes(68 * MIB, 0, 0.1);
    assertThat(buffered(67)).isEqualTo(3600);
    assertThat(buffered(69)).isZero();
  }

  @Test
  void buffered_tookMoreThanAnyPlayerHoldsThenStopped_isAPlayerWithALargeBuffer() {
    takes(68 * MIB, 0, 0.1);
    takes(4 * MIB, 0.1, 4);
    assertThat(buffered(4)).isCloseTo(68, within(0.1));
  }

  @Test
  void rate_stepsShorterThanAReading_isMeasuredOverSeveral() {
    OptionalLong small = OptionalLong.of(540 * MIB);
    BufferEstimator fast = new BufferEstimator(bitrate, 0);
    double now = 0;
    for (int step = 0; step < 8; step++) {
      fast.sends(small, at(now));
      now += 2;
      fast.sent(4 * MIB, small, at(now));
    }
    assertThat(fast.rate(small)).isCloseTo(2 * MIB, within(0.1 * MIB));
  }

  @Test
  void rate_anotherPlayerOfTheFilm_knowsItAtOnce() {
    OptionalLong small = OptionalLong.of(540 * MIB);
    bitrate.shows(2 * MIB);
    assertThat(new BufferEstimator(bitrate, at(100)).rate(small)).isEqualTo(2 * MIB);
  }

  @Test
  void rate_pause_doesNotLookLikeASlowFilm() {
    bitrate.shows(2 * MIB);
    bitrate.shows(2 * MIB);
    bitrate.shows(0.1 * MIB);
    assertThat(bitrate.rate(TOTAL)).isEqualTo(2 * MIB);
  }

  @Test
  void rate_pauseAtFirst_guessStands() {
    bitrate.shows(0.1 * MIB);
    assertThat(bitrate.rate(TOTAL)).isEqualTo(MIB);
  }

  @Test
  void rate_slowFilm_showsAfterAWhile() {
    for (int reading = 0; reading < 5; reading++) {
      bitrate.shows(0.2 * MIB);
    }
    assertThat(bitrate.rate(TOTAL)).isEqualTo(0.2 * MIB);
  }
}
