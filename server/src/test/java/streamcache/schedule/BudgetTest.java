package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Counting and learning, with artificial times. */
final class BudgetTest {

  /** Learning does not override a cool-down that is set. */
  @Test
  void coolDown_set_isNotChangedByRefusals() {
    Budget set = new Budget(1, Optional.of(Duration.ofSeconds(2)), 0);
    set.opened();
    set.closed(/* cut= */ false, 0);
    assertThat(set.cooling(Duration.ofMillis(1999).toNanos())).isEqualTo(1);
    assertThat(set.cooling(Duration.ofMillis(2001).toNanos())).isZero();
    set.counts(Duration.ofSeconds(7), Duration.ofSeconds(9), 0);
    assertThat(set.coolDown(0)).isEqualTo(Duration.ofSeconds(2));
  }

  private static final long SECOND = 1_000_000_000L;

  private final Budget budget = new Budget(3, Optional.empty(), 0);

  private void open(int connections) {
    for (int i = 0; i < connections; i++) {
      budget.opened();
    }
  }

  @Test
  void free_activeAndCooling_areTakenOff() {
    open(2);
    assertThat(budget.free(0)).isEqualTo(1);
    budget.closed(/* cut= */ true, 0);
    assertThat(budget.free(SECOND / 100)).isEqualTo(1);
    assertThat(budget.cooling(SECOND / 100)).isEqualTo(1);
    assertThat(budget.free(SECOND)).isEqualTo(2);
  }

  @Test
  void closed_byTheProvider_isFreeAtOnce() {
    open(3);
    budget.closed(/* cut= */ false, 0);
    assertThat(budget.free(0)).isEqualTo(1);
  }

  @Test
  void refused_besideOthers_meansThatNoMoreAreAllowed() {
    open(3);
    budget.refused(/* jitter= */ 0, 0);
    assertThat(budget.most(0)).isEqualTo(2);
    assertThat(budget.free(SECOND / 2)).isZero();
  }

  /** Two are allowed and the closed one still counts; this must not be taken for a limit of one. */
  @Test
  void refused_besideAnotherJustAfterAClose_shrinksNothing() {
    open(3);
    budget.closed(/* cut= */ true, 0);
    budget.refused(/* jitter= */ 0, 14 * SECOND);
    assertThat(budget.most(14 * SECOND)).isEqualTo(3);
    budget.opened();
    budget.refused(/* jitter= */ 0, 15 * SECOND);
    assertThat(budget.most(15 * SECOND)).isEqualTo(1);
  }

  @Test
  void allow_anotherNumber_appliesAtOnce() {
    budget.allow(5);
    assertThat(budget.most(0)).isEqualTo(5);
    budget.allow(1);
    assertThat(budget.most(0)).isEqualTo(1);
  }

  /** A panel may state more than others of the same account leave. */
  @Test
  void allow_moreThanRefusalsShowed_keepsTheirNumberForAWhile() {
    open(3);
    budget.refused(/* jitter= */ 0, 0);
    budget.allow(5);
    assertThat(budget.most(SECOND)).isEqualTo(2);
    assertThat(budget.most(700 * SECOND)).isEqualTo(3);
  }

  @Test
  void refused_manyTimes_isLeftAloneLonger() {
    open(1);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      budget.opened();
      assertThat(budget.refused(/* jitter= */ 0, 0)).isEqualTo(Duration.ofSeconds(seconds));
    }
    budget.opened();
    assertThat(budget.refused(/* jitter= */ 1, 0)).isEqualTo(Duration.ofMillis(37_500));
    budget.accepted(0);
    budget.opened();
    assertThat(budget.refused(/* jitter= */ 0, 0)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void refused_shortlyAfterAClose_teachesNothingByItself() {
    open(1);
    budget.closed(/* cut= */ false, 0);
    budget.opened();
    budget.refused(/* jitter= */ 0, 2 * SECOND);
    assertThat(budget.coolDown(2 * SECOND)).isZero();
    assertThat(budget.most(2 * SECOND)).isEqualTo(3);
  }

  @Test
  void counts_refusedThenAccepted_isHowLongAClosedOneCounts() {
    budget.counts(Duration.ofSeconds(2), Duration.ofSeconds(5), 0);
    assertThat(budget.coolDown(0)).isEqualTo(Duration.ofSeconds(3));
    budget.counts(Duration.ofSeconds(4), Duration.ofMillis(4500), 0);
    assertThat(budget.coolDown(0)).isEqualTo(Duration.ofMillis(4500));
    budget.counts(Duration.ofSeconds(1), Duration.ofSeconds(2), 0);
    assertThat(budget.coolDown(0)).isEqualTo(Duration.ofMillis(4500));
    open(1);
    budget.closed(/* cut= */ false, 100 * SECOND);
    assertThat(budget.cooling(104 * SECOND)).isEqualTo(1);
    assertThat(budget.cooling(105 * SECOND)).isZero();
  }

  /** Found by hand: another title's later refusal was forgotten; the cool-down stayed too short. */
  @Test
  void counts_anotherWasRefusedLater_isHowLongThatTells() {
    open(1);
    budget.closed(/* cut= */ false, 0);
    for (int second : new int[] {1, 2}) {
      budget.opened();
      budget.rejected(second * SECOND);
    }
    budget.counts(Duration.ofSeconds(1), Duration.ofSeconds(4), 4 * SECOND);
    assertThat(budget.coolDown(4 * SECOND)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void isClosedToBlame_onlyForAWhileAfterACloseAndWithoutProof() {
    Budget one = new Budget(1, Optional.empty(), 0);
    one.opened();
    assertThat(one.isClosedToBlame(0)).as("nothing was closed").isFalse();
    one.closed(/* cut= */ false, 0);
    one.opened();
    assertThat(one.isClosedToBlame(5 * SECOND)).isTrue();
    assertThat(one.isClosedToBlame(15 * SECOND)).as("long ago").isFalse();
    one.accepted(4 * SECOND);
    assertThat(one.isClosedToBlame(3 * SECOND)).isTrue();
    assertThat(one.isClosedToBlame(5 * SECOND)).as("one was borne sooner").isFalse();

    open(2);
    budget.closed(/* cut= */ false, 0);
    budget.opened();
    assertThat(budget.isClosedToBlame(SECOND)).as("there is room beside the open ones").isFalse();
  }

  @Test
  void suspected_againAndAgain_holdsLongerUpToSeconds() {
    open(1);
    budget.closed(/* cut= */ false, 0);
    for (int seconds : new int[] {1, 2, 4, 4}) {
      budget.opened();
      budget.suspected(/* jitter= */ 0, 0);
      assertThat(budget.isHeld(seconds * SECOND - 1)).isTrue();
      assertThat(budget.isHeld(seconds * SECOND)).isFalse();
    }
  }

  @Test
  void counts_absurdlyLong_isBounded() {
    budget.counts(Duration.ofSeconds(50), Duration.ofSeconds(60), 0);
    assertThat(budget.coolDown(0)).isEqualTo(Duration.ofSeconds(35));
  }

  @Test
  void coolDown_anHourWithoutALesson_isHalfForgotten() {
    budget.counts(Duration.ofSeconds(3), Duration.ofSeconds(9), 0);
    assertThat(budget.coolDown(3599 * SECOND)).isEqualTo(Duration.ofSeconds(4));
    assertThat(budget.coolDown(3600 * SECOND)).isEqualTo(Duration.ofSeconds(2));
    assertThat(budget.coolDown(4 * 3600 * SECOND)).isZero();
  }

  @Test
  void mayBeToBlame_nothingOfOursNearby_isFalse() {
    budget.opened();
    assertThat(budget.mayBeToBlame(0)).isFalse();
    budget.opened();
    assertThat(budget.mayBeToBlame(0)).isTrue();
    budget.closed(/* cut= */ false, 0);
    assertThat(budget.mayBeToBlame(59 * SECOND)).isTrue();
    assertThat(budget.mayBeToBlame(61 * SECOND)).isFalse();
  }

  @Test
  void most_tenCleanMinutes_triesOneMore() {
    budget.allowsOnly(1, 0);
    assertThat(budget.most(599 * SECOND)).isEqualTo(1);
    assertThat(budget.most(600 * SECOND)).isEqualTo(2);
    assertThat(budget.most(1199 * SECOND)).isEqualTo(2);
    assertThat(budget.most(1200 * SECOND)).isEqualTo(3);
    assertThat(budget.most(9999 * SECOND)).isEqualTo(3);
  }

  /** Some providers ban an account that opens too many connections too often. */
  @Test
  void most_oneMoreIsRefused_nextTryComesAfterTwiceAsLong() {
    budget.allowsOnly(1, 0);
    assertThat(budget.most(600 * SECOND)).isEqualTo(2);
    budget.allowsOnly(1, 600 * SECOND);
    assertThat(budget.most(1799 * SECOND)).isEqualTo(1);
    assertThat(budget.most(1800 * SECOND)).isEqualTo(2);
    budget.allowsOnly(1, 1800 * SECOND);
    assertThat(budget.most(4199 * SECOND)).isEqualTo(1);
    assertThat(budget.most(4200 * SECOND)).isEqualTo(2);
  }

  @Test
  void most_oneMoreIsBorne_nextTryComesAsSoonAsTheFirst() {
    budget.allowsOnly(1, 0);
    assertThat(budget.most(600 * SECOND)).isEqualTo(2);
    budget.allowsOnly(1, 600 * SECOND);
    assertThat(budget.most(1800 * SECOND)).isEqualTo(2);
    budget.opened();
    budget.opened();
    budget.accepted(1800 * SECOND);
    assertThat(budget.most(2400 * SECOND)).isEqualTo(3);
  }

  @Test
  void lesson_ofAnEarlierRun_goesOnWhereItWas() {
    budget.allowsOnly(1, 0);
    Learned.Limit lesson = budget.lesson(200 * SECOND).orElseThrow();
    assertThat(lesson)
        .isEqualTo(new Learned.Limit(1, Duration.ofMinutes(10), Duration.ofSeconds(200)));
    Budget next = new Budget(/* allowed= */ 3, Optional.empty(), 5000 * SECOND);
    assertThat(next.lesson(5000 * SECOND)).isEmpty();
    next.remember(lesson, 5000 * SECOND);
    assertThat(next.most(5399 * SECOND)).isEqualTo(1);
    assertThat(next.most(5400 * SECOND)).isEqualTo(2);
  }

  /**
   * Found by exploration: where a provider caps its responses, connections are short, and each
   * refusal of a second one was blamed on one that had just been closed: 45 a minute, for ever.
   */
  @Test
  void refused_besideAnotherAgainAndAgain_thoughOneWasClosedBefore_fewerAreAllowed() {
    long now = 0;
    open(1);
    budget.closed(/* cut= */ false, now);
    for (int time = 0; time < 4; time++) {
      open(2);
      budget.refused(/* jitter= */ 0, now);
      assertThat(budget.most(now)).isEqualTo(3);
      budget.accepted(now);
      budget.closed(/* cut= */ false, now);
      now += SECOND;
    }
    open(2);
    budget.refused(/* jitter= */ 0, now);
    assertThat(budget.most(now)).isEqualTo(1);
  }

  @Test
  void refused_untilTheClosedOneCountsNoMore_asManyAreAllowed() {
    open(3);
    budget.closed(/* cut= */ true, 0);
    for (int time = 1; time <= 4; time++) {
      open(1);
      budget.refused(/* jitter= */ 0, time * SECOND);
    }
    open(1);
    budget.accepted(12 * SECOND);
    budget.bears(3, 12 * SECOND);
    budget.closed(/* cut= */ true, 13 * SECOND);
    open(1);
    budget.refused(/* jitter= */ 0, 14 * SECOND);
    assertThat(budget.most(14 * SECOND)).isEqualTo(3);
  }

  /**
   * Found by exploration: a provider that sends 32 KiB per response and counts a closed connection
   * for half a second refused twenty times a minute.
   */
  @Test
  void refused_besideFewerThanItBears_againAndAgain_closedOnesAreTakenToCount() {
    for (int time = 0; time < 3; time++) {
      assertThat(budget.learnedCoolDown(time * SECOND)).isZero();
      open(2);
      budget.closed(/* cut= */ false, time * SECOND);
      open(1);
      budget.refused(/* jitter= */ 0, time * SECOND + SECOND / 10);
      open(1);
      budget.accepted(time * SECOND + SECOND / 2);
      budget.bears(2, time * SECOND + SECOND / 2);
      budget.closed(/* cut= */ false, time * SECOND + SECOND / 2);
      budget.closed(/* cut= */ false, time * SECOND + SECOND / 2);
    }
    assertThat(budget.learnedCoolDown(3 * SECOND)).isEqualTo(Duration.ofMillis(1100));
  }

  /** One refusal in a while beside fewer than it bears has another cause than closed ones. */
  @Test
  void refused_besideFewerThanItBears_minutesApart_teachesNothing() {
    for (int time = 0; time < 5; time++) {
      contradict(time * 60 * SECOND, /* sinceClose= */ SECOND / 10);
    }
    assertThat(budget.learnedCoolDown(300 * SECOND)).isZero();
  }

  /** What was refused long after the last close was not refused for that. */
  @Test
  void refused_besideFewerThanItBears_longAfterAClose_teachesNoCoolDown() {
    for (int time = 0; time < 3; time++) {
      contradict(time * 18 * SECOND, /* sinceClose= */ 16 * SECOND);
    }
    assertThat(budget.learnedCoolDown(60 * SECOND)).isZero();
  }

  private void contradict(long at, long sinceClose) {
    open(2);
    budget.closed(/* cut= */ false, at);
    open(1);
    budget.refused(/* jitter= */ 0, at + sinceClose);
    open(1);
    budget.accepted(at + sinceClose + SECOND / 2);
    budget.bears(2, at + sinceClose + SECOND / 2);
    budget.closed(/* cut= */ false, at + sinceClose + SECOND / 2);
    budget.closed(/* cut= */ false, at + sinceClose + SECOND / 2);
  }

  /** The provider counts a closed connection against its limit, so there is no second slot. */
  @Test
  void refused_besideOneThatIsClosedAndCountedEachTime_fewerAreAllowed() {
    for (int time = 0; time < 5; time++) {
      open(1);
      budget.accepted(time * SECOND);
      budget.closed(/* cut= */ true, time * SECOND);
      open(1);
      budget.refused(/* jitter= */ 0, time * SECOND);
    }
    assertThat(budget.most(5 * SECOND)).isEqualTo(1);
  }

  /** Two connections opened at once are both refused; neither is a reason to forget the other. */
  @Test
  void refused_besideOneThatIsRefusedAsWell_countsAllTheSame() {
    open(1);
    budget.closed(/* cut= */ false, 0);
    for (int time = 0; time < 5; time++) {
      open(2);
      budget.refused(/* jitter= */ 0, time * SECOND);
      budget.refused(/* jitter= */ 0, time * SECOND);
    }
    assertThat(budget.most(5 * SECOND)).isEqualTo(1);
  }

  @Test
  void nextChange_isWhenThePlaceComesFree() {
    assertThat(budget.nextChange(0)).isZero();
    open(2);
    budget.closed(/* cut= */ true, 0);
    assertThat(budget.nextChange(0)).isEqualTo(SECOND / 10);
    budget.refused(/* jitter= */ 0, SECOND);
    assertThat(budget.nextChange(SECOND)).isEqualTo(SECOND);
  }

  /** The first refusal asks for a pause of 30 seconds; the second is only suspected. */
  @Test
  void hold_suspicionAfterARefusal_isNotShortened() {
    long now = 0;
    Budget budget = new Budget(2, Optional.empty(), now);
    budget.opened();
    budget.opened();
    budget.hold(Duration.ofSeconds(30), now);
    budget.suspected(/* jitter= */ 0, now);
    assertThat(budget.isHeld(now + Duration.ofSeconds(29).toNanos())).isTrue();
    assertThat(budget.isHeld(now + Duration.ofSeconds(31).toNanos())).isFalse();
  }
}
