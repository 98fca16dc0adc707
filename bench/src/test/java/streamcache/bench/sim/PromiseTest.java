package streamcache.bench.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the scheduler guarantees, over some traces of {@code bench/simulate}; always the same ones.
 */
final class PromiseTest {

  private static final Viewership TWO_TITLES = Viewership.of(2, 2);

  /** Fewer than the twelve of {@code bench/simulate}, to save time. */
  private static final int TRACES = 4;

  /** Not enough for two films, in multiples of the bitrate. */
  private static final double TOO_THIN = 1.6;

  /** Per cent of the bytes delivered. */
  private static final double DUPLICATES = 0.5;

  @ParameterizedTest
  @ValueSource(doubles = {5, 2.5})
  void oneConnectionForTwoTitles_lineCarriesBoth_standsStillAFifthOfRcloneLike(double line) {
    Terms terms = Terms.of(/* connections= */ 1, line, /* coolDown= */ 0);
    Outcome ours = Rule.OURS.outcome(terms, TWO_TITLES, TRACES);
    Outcome rclone = Rule.RCLONE_LIKE.outcome(terms, TWO_TITLES, TRACES);
    assertThat(ours.stall()).isLessThanOrEqualTo(rclone.stall() / 5);
    assertThat(ours.startUp()).isLessThan(rclone.startUp() / 3);
    assertThat(ours.duplicateShare()).isLessThanOrEqualTo(DUPLICATES);
    assertThat(ours.refusals()).isZero();
  }

  /**
   * With 1.6 times the bitrate no rule lets two films play: the second viewer gets an error, and
   * the viewer who already plays continues.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 3})
  void oneConnectionForTwoTitles_lineCarriesOne_standsStillAFifthOfRcloneLike(double coolDown) {
    Terms terms = Terms.of(/* connections= */ 1, TOO_THIN, coolDown);
    Outcome ours = Rule.OURS.outcome(terms, TWO_TITLES, TRACES);
    Outcome rclone = Rule.RCLONE_LIKE.outcome(terms, TWO_TITLES, TRACES);
    assertThat(ours.stall()).isLessThanOrEqualTo(rclone.stall() / 5);
    assertThat(ours.duplicateShare()).isLessThanOrEqualTo(DUPLICATES);
  }

  /** With sharing, playback starts sooner but stalls; the first viewer still has priority. */
  @Test
  void oneConnectionForTwoTitles_lineCarriesOneAndIsShared_theFirstViewerHasIt() {
    Terms terms = Terms.of(/* connections= */ 1, TOO_THIN, /* coolDown= */ 0);
    Outcome ours = Rule.OURS_SHARING.outcome(terms, TWO_TITLES, TRACES);
    Outcome rclone = Rule.RCLONE_LIKE.outcome(terms, TWO_TITLES, TRACES);
    assertThat(ours.firstStall()).isLessThanOrEqualTo(rclone.firstStall() / 5);
    assertThat(ours.stall()).isLessThan(rclone.stall());
    assertThat(ours.startUp()).isLessThan(rclone.startUp());
    assertThat(ours.duplicateShare()).isLessThanOrEqualTo(DUPLICATES);
  }

  /**
   * A refusal beside the other connection is about the closed one and must not halve the budget.
   */
  @ParameterizedTest
  @ValueSource(doubles = {2.5, 1.6})
  void twoConnectionsAndACoolDown_isLearnedSoon(double line) {
    Terms terms = Terms.of(/* connections= */ 2, line, /* coolDown= */ 3);
    Outcome ours = Rule.OURS.outcome(terms, TWO_TITLES, TRACES);
    Outcome rclone = Rule.RCLONE_LIKE.outcome(terms, TWO_TITLES, TRACES);
    assertThat(ours.stall()).isLessThan(rclone.stall() / 2);
    assertThat(ours.refusals()).isLessThanOrEqualTo(4);
  }

  /**
   * Where each swap takes longer than players wait, the second film costs the first viewer at most
   * one swap, and nothing where the bandwidth suffices to be far ahead.
   */
  @ParameterizedTest
  @CsvSource({"5, 15, 1", "5, 20, 1", "5, 30, 1", "2.5, 15, 16", "2.5, 20, 21", "2.5, 30, 31"})
  void oneConnectionForTwoTitles_coolDownIsLong_costsTheFirstViewerNextToNothing(
      double line, double coolDown, double most) {
    Terms terms = Terms.of(/* connections= */ 1, line, coolDown);
    Outcome alone = Rule.OURS.outcome(terms, Viewership.of(1, 1).withoutWishes(), TRACES);
    Outcome ours = Rule.OURS.outcome(terms, TWO_TITLES.withoutWishes(), TRACES);
    assertThat(ours.firstStall()).isLessThan(alone.stall() + most);
    assertThat(ours.exceeded()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 1", "1, 2, 2", "2, 2, 2"})
  void anyAudience_connectionsNeverExceedTheLimit(int connections, int viewers, int titles) {
    Viewership audience = Viewership.of(viewers, titles).withRemux();
    Terms terms = Terms.of(connections, /* line= */ 2.5, /* coolDown= */ 3);
    Outcome ours = Rule.OURS.outcome(terms, audience, TRACES);
    assertThat(ours.exceeded()).isZero();
    assertThat(ours.duplicateShare()).isLessThanOrEqualTo(DUPLICATES);
  }

  /** It takes a moment until a reader shows that it is not a player. */
  @Test
  void remuxBesideAPlayer_costsThePlayerNextToNothing() {
    Terms terms = Terms.of(/* connections= */ 1, /* line= */ 5, /* coolDown= */ 0);
    Outcome alone = Rule.OURS.outcome(terms, Viewership.of(1, 1), TRACES);
    Outcome beside = Rule.OURS.outcome(terms, Viewership.of(1, 1).withRemux(), TRACES);
    assertThat(beside.stall()).isLessThan(alone.stall() + 5);
  }

  @Test
  void sameSeed_sameOutcome() {
    Terms terms = Terms.of(/* connections= */ 1, /* line= */ 2.5, /* coolDown= */ 3);
    Scene scene = Scene.drawn(TWO_TITLES, /* seed= */ 7);
    assertThat(Rule.OURS.outcome(terms, scene)).isEqualTo(Rule.OURS.outcome(terms, scene));
  }
}
