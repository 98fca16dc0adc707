package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import streamcache.origin.Failure;

final class RetryTest {

  private static final Failure CUT = new Failure.Broken(OptionalInt.empty(), "cut");

  @Test
  void after_cutWithProgress_asksAgainAtOnce() {
    assertThat(Retry.after(CUT, 0, /* known= */ true, Audience.NEWCOMER)).contains(Duration.ZERO);
  }

  @Test
  void after_attemptsWithoutProgress_pausesLongerThenGivesUp() {
    Duration first = Retry.after(CUT, 1, true, Audience.NEWCOMER).orElseThrow();
    Duration second = Retry.after(CUT, 2, true, Audience.NEWCOMER).orElseThrow();
    assertThat(second).isGreaterThan(first);
    assertThat(Retry.after(CUT, 4, true, Audience.NEWCOMER)).isEmpty();
    assertThat(Retry.after(CUT, 3, true, Audience.NOBODY)).isEmpty();
  }

  @Test
  void after_limit_isNeverRetriedBlindly() {
    Failure limit = new Failure.Limit(OptionalInt.of(429), "limit", Optional.empty());
    assertThat(Retry.after(limit, 1, true, Audience.NEWCOMER)).isEmpty();
  }

  @Test
  void after_goneTitle_givesUp() {
    assertThat(
            Retry.after(new Failure.Gone(OptionalInt.of(404), "gone"), 1, false, Audience.NEWCOMER))
        .isEmpty();
  }

  @Test
  void after_serverErrorOnColdTitle_givesUpAtOnce() {
    assertThat(
            Retry.after(
                new Failure.Broken(OptionalInt.of(500), "status"), 1, false, Audience.NEWCOMER))
        .isEmpty();
  }

  @Test
  void rest_doublesToHalfAMinute() {
    assertThat(Retry.rest(1)).isEqualTo(Duration.ofMillis(1500));
    assertThat(Retry.rest(2)).isEqualTo(Duration.ofSeconds(3));
    assertThat(Retry.rest(30)).isEqualTo(Duration.ofSeconds(30));
  }

  /** The player of a pass is in mid-film as well; only the store takes nothing. */
  @Test
  void ofPass_providerIsDown_goesOnUntilThePlayerHasWaitedLongEnough() {
    assertThat(Retry.ofPass(CUT, 50, /* isLate= */ false)).contains(Duration.ofSeconds(4));
    assertThat(Retry.ofPass(CUT, 50, /* isLate= */ true)).isEmpty();
  }

  @Test
  void ofPass_accountIsRefused_isGivenUpAfterAFewTries() {
    Failure denied = new Failure.Denied(OptionalInt.of(403), "refused");
    assertThat(Retry.ofPass(denied, 4, /* isLate= */ false)).contains(Duration.ofSeconds(8));
    assertThat(Retry.ofPass(denied, 5, /* isLate= */ false)).isEmpty();
  }
}
