package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.origin.Failure;

final class RetryTest {

  private final Retry retry = new Retry(Duration.ofSeconds(12));
  private static final Failure CUT = new Failure.Broken(OptionalInt.empty(), "cut");

  @Test
  void after_cutWithProgress_asksAgainAtOnce() {
    assertThat(retry.after(CUT, 0, /* known= */ true, Audience.NEWCOMER, Duration.ZERO))
        .contains(Duration.ZERO);
  }

  @Test
  void after_attemptsWithoutProgress_pausesLongerThenGivesUp() {
    Duration first = retry.after(CUT, 1, true, Audience.NEWCOMER, Duration.ZERO).orElseThrow();
    Duration second = retry.after(CUT, 2, true, Audience.NEWCOMER, Duration.ZERO).orElseThrow();
    assertThat(second).isGreaterThan(first);
    assertThat(retry.after(CUT, 4, true, Audience.NEWCOMER, Duration.ZERO)).isEmpty();
    assertThat(retry.after(CUT, 3, true, Audience.NOBODY, Duration.ZERO)).isEmpty();
  }

  @Test
  void after_limit_isNeverRetriedBlindly() {
    Failure limit = new Failure.Limit(OptionalInt.of(429), "limit", Optional.empty());
    assertThat(retry.after(limit, 1, true, Audience.NEWCOMER, Duration.ZERO)).isEmpty();
  }

  @Test
  void after_goneTitle_givesUp() {
    assertThat(
            retry.after(
                new Failure.Gone(OptionalInt.of(404), "gone"),
                1,
                false,
                Audience.NEWCOMER,
                Duration.ZERO))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 421, 500, 502, 504, 520, 523, 527, 530})
  void after_briefErrorOnColdTitle_isRetriedAFewTimes(int status) {
    Failure failure = new Failure.Broken(OptionalInt.of(status), "status");
    assertThat(cold(failure)).containsExactly(500L, 1000L, 2000L, -1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {202, 425})
  void after_notReadyOnColdTitle_isRetriedAFewTimes(int status) {
    Failure failure = new Failure.Busy(OptionalInt.of(status), "not ready", Optional.empty());
    assertThat(cold(failure)).containsExactly(500L, 1000L, 2000L, -1L);
    assertThat(Retry.mayMeanTooMany(failure)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 407, 409, 422, 501, 505, 519, 528, 529, 531})
  void after_lastingErrorOnColdTitle_givesUpAtOnce(int status) {
    Failure failure = new Failure.Broken(OptionalInt.of(status), "status");
    assertThat(cold(failure)).startsWith(-1L);
  }

  @Test
  void after_busyWithoutATimeOnColdTitle_isRetriedOnce() {
    Failure busy = new Failure.Busy(OptionalInt.of(503), "busy", Optional.empty());
    assertThat(cold(busy)).containsExactly(500L, -1L, -1L, -1L);
  }

  /** Milliseconds after each of four attempts in a row; -1 for no further attempt. */
  private List<Long> cold(Failure failure) {
    return IntStream.rangeClosed(1, 4)
        .mapToObj(attempts ->
            retry
                .after(failure, attempts, /* known= */ false, Audience.NEWCOMER, Duration.ZERO)
                .map(Duration::toMillis)
                .orElse(-1L))
        .toList();
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
    assertThat(retry.ofPass(CUT, 50, /* isLate= */ false)).contains(Duration.ofSeconds(4));
    assertThat(retry.ofPass(CUT, 50, /* isLate= */ true)).isEmpty();
  }

  @Test
  void ofPass_accountIsRefused_isGivenUpAfterAFewTries() {
    Failure denied = new Failure.Denied(OptionalInt.of(403), "refused");
    assertThat(retry.ofPass(denied, 4, /* isLate= */ false)).contains(Duration.ofSeconds(8));
    assertThat(retry.ofPass(denied, 5, /* isLate= */ false)).isEmpty();
  }
}
