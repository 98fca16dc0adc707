package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import streamcache.origin.Failure;

/** How long a title rests after the store refuses its bytes or its connections fail. */
final class RetryStateTest {

  /** Starts seven seconds before the nanosecond counter wraps around. */
  private long now = Long.MAX_VALUE - Duration.ofSeconds(7).toNanos();

  private final RetryState retry = new RetryState(new Retry(Duration.ofSeconds(12)), now);

  /** Found by hand: while the disk was full, each title was fetched every five seconds. */
  @Test
  void storeRefused_againAndAgain_restsTwiceAsLongEachTime() {
    List<Long> rests = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Duration rest = retry.storeRefused(/* atOnce= */ true, now);
      rests.add(rest.toSeconds());
      pass(rest.minusNanos(1));
      assertThat(retry.isFillAtRest(now)).isTrue();
      pass(Duration.ofNanos(1));
      assertThat(retry.isFillAtRest(now)).isFalse();
    }
    assertThat(rests).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 320L, 320L);
  }

  /** A title that a player waits for is tried again sooner. */
  @Test
  void storeRefused_againAndAgain_playersWaitNoLonger() {
    retry.storeRefused(/* atOnce= */ true, now);
    retry.storeRefused(/* atOnce= */ true, now);
    assertThat(retry.storeRefuses(now)).isTrue();
    pass(RetryState.FILL_REST);
    assertThat(retry.storeRefuses(now)).isFalse();
    assertThat(retry.isFillAtRest(now)).isTrue();
  }

  /** Found by exploration: a player that came and left was refused for the first time each time. */
  @Test
  void areToBeKept_refused_untilItIsAccepted() {
    assertThat(retry.areToBeKept()).isFalse();
    Failure failure = new Failure.Denied(OptionalInt.of(403), "refused");
    retry.refused(new Refusal(failure, 1, 0, Optional.empty()), /* isPatient= */ true, now);
    assertThat(retry.areToBeKept()).isTrue();
    retry.accepted();
    assertThat(retry.areToBeKept()).isFalse();
  }

  @Test
  void storeRefused_afterItTookBytes_restsShortly() {
    retry.storeRefused(/* atOnce= */ true, now);
    retry.storeRefused(/* atOnce= */ true, now);
    retry.storeTook();
    assertThat(retry.storeRefused(/* atOnce= */ false, now)).isEqualTo(RetryState.FILL_REST);
    assertThat(retry.storeRefused(/* atOnce= */ true, now)).isEqualTo(RetryState.FILL_REST);
  }

  /** While the provider is down, none of the minute that a viewer waits is lost. */
  @Test
  void failed_whileAViewerWaits_isTriedAgainEveryFewSeconds() {
    assertThat(pauses(attempt(/* hasAnswered= */ false, false, Audience.VIEWER), 8))
        .containsExactly(500L, 1000L, 2000L, -4000L, -4000L, -4000L, -4000L, -4000L);
  }

  /** A connection that sends only stored bytes costs both sides as much as a useful one. */
  @Test
  void failed_nothingNewWhileAViewerWaits_pausesDoubleToHalfAMinute() {
    assertThat(pauses(attempt(/* hasAnswered= */ true, false, Audience.VIEWER), 9))
        .containsExactly(500L, 1000L, 2000L, -4000L, -8000L, -16000L, -30000L, -30000L, -30000L);
  }

  @Test
  void failed_newcomersWait_eachBurstOfTriesIsFollowedByALongerRest() {
    assertThat(pauses(attempt(/* hasAnswered= */ false, false, Audience.NEWCOMER), 8))
        .containsExactly(500L, 1000L, 2000L, -1500L, 500L, 1000L, 2000L, -3000L);
  }

  @Test
  void failed_nobodyWaits_threeAttemptsThenLongerAndLongerRests() {
    assertThat(pauses(attempt(/* hasAnswered= */ false, false, Audience.NOBODY), 8))
        .containsExactly(500L, 1000L, -1500L, -3000L, -6000L, -12000L, -24000L, -30000L);
  }

  @Test
  void failed_readFromItsStartInVain_isGivenUpByAllAfterThreeTimes() {
    assertThat(pauses(attempt(/* hasAnswered= */ true, /* isWhole= */ true, Audience.VIEWER), 5))
        .containsExactly(500L, 1000L, -1500L, -3000L, -6000L);
    assertThat(retry.isExhausted()).isTrue();
    retry.progress();
    assertThat(retry.isExhausted()).isFalse();
  }

  /** A request for a title that rests because nobody waited ends that rest. */
  @Test
  void asked_afterNobodyWaited_endsTheRest() {
    pauses(attempt(/* hasAnswered= */ false, false, Audience.NOBODY), 6);
    assertThat(retry.isPaused(now)).isTrue();
    retry.asked(now);
    assertThat(retry.isPaused(now)).isFalse();
    pauses(attempt(/* hasAnswered= */ false, false, Audience.NEWCOMER), 4);
    retry.asked(now);
    assertThat(retry.resting(now)).as("a burst is one attempt").isPresent();
  }

  /**
   * Found by exploration: a player that came again and again had a busy provider asked at full
   * pace.
   */
  @Test
  void asked_againWithinHalfAMinute_endsTheRestButBeginsNoAttemptsAnew() {
    Attempt unawaited = attempt(/* hasAnswered= */ false, false, Audience.NOBODY);
    pauses(unawaited, 6);
    retry.asked(now);
    assertThat(retry.attempts()).isZero();

    pauses(unawaited, 6);
    pass(Duration.ofSeconds(29));
    pauses(unawaited, 1);
    retry.asked(now);
    assertThat(retry.isPaused(now)).isFalse();
    assertThat(retry.attempts()).isEqualTo(7);

    pauses(unawaited, 1);
    pass(Duration.ofSeconds(1));
    retry.asked(now);
    assertThat(retry.attempts()).isZero();
  }

  /** Found by hand: a title that was ready after 6 s was given up after 3 s (b37). */
  @Test
  void failed_providerSaysWhenToComeBack_isAwaitedAsLongAsAPlayerWaits() {
    assertThat(awaited(503, 3, 12)).containsExactly(3000L, 3000L, 3000L, -3000L);
    assertThat(awaited(202, 5, 12)).containsExactly(5000L, 5000L, -5000L);
    assertThat(awaited(425, 11, 12)).containsExactly(11_000L, -11_000L);
    assertThat(awaited(503, 12, 12)).containsExactly(-12_000L);
    assertThat(awaited(503, 12, 30)).containsExactly(12_000L, 12_000L, -12_000L);
    assertThat(awaited(503, 3, 3)).containsExactly(-3000L);
    assertThat(awaited(503, 3, 0)).containsExactly(-3000L);
  }

  /** A time of zero, or one that has passed, is no permission to hammer. */
  @Test
  void failed_providerSaysToComeBackAtOnce_pausesDouble() {
    assertThat(awaited(503, 0, 12)).containsExactly(500L, 1000L, 2000L, 4000L, -1500L);
  }

  private List<Long> awaited(int status, int seconds, int waits) {
    RetryState fresh = new RetryState(new Retry(Duration.ofSeconds(waits)), now);
    Failure busy =
        new Failure.Busy(OptionalInt.of(status), "busy", Optional.of(Duration.ofSeconds(seconds)));
    Attempt attempt =
        new Attempt(
            busy,
            /* hasBrought= */ false,
            /* hasAnswered= */ false,
            /* isWhole= */ false,
            /* isKnown= */ false,
            Audience.NEWCOMER);
    List<Long> pauses = new ArrayList<>();
    while (pauses.isEmpty() || pauses.getLast() >= 0) {
      switch (fresh.failed(attempt, now)) {
        case RetryDecision.Pause(Duration pause) -> {
          assertThat(fresh.isAskedToWait(now)).isTrue();
          pauses.add(pause.toMillis());
          pass(pause);
        }
        case RetryDecision.GiveUp(Duration rest) -> pauses.add(-rest.toMillis());
      }
    }
    return pauses;
  }

  private static Attempt attempt(boolean hasAnswered, boolean isWhole, Audience audience) {
    Failure failure = new Failure.Unreachable(OptionalInt.empty(), "no connection");
    return new Attempt(
        failure, /* hasBrought= */ false, hasAnswered, isWhole, /* isKnown= */ true, audience);
  }

  /** Pauses in milliseconds; negative when a player that may not wait gets the failure. */
  private List<Long> pauses(Attempt attempt, int times) {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      pauses.add(
          switch (retry.failed(attempt, now)) {
            case RetryDecision.Pause(Duration pause) -> pause.toMillis();
            case RetryDecision.GiveUp(Duration rest) -> -rest.toMillis();
          });
    }
    return pauses;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
