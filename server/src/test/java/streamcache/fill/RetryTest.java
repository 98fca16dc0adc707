package streamcache.fill;

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
    assertThat(Retry.after(CUT, 0, /* known= */ true)).contains(Duration.ZERO);
  }

  @Test
  void after_attemptsWithoutProgress_pausesLongerThenGivesUp() {
    Duration first = Retry.after(CUT, 1, true).orElseThrow();
    Duration second = Retry.after(CUT, 2, true).orElseThrow();
    assertThat(second).isGreaterThan(first);
    assertThat(Retry.after(CUT, 5, true)).isEmpty();
  }

  @Test
  void after_limit_isNeverRetriedBlindly() {
    Failure limit = new Failure.Limit(OptionalInt.of(429), "limit", Optional.empty());
    assertThat(Retry.after(limit, 1, true)).isEmpty();
  }

  @Test
  void after_goneTitle_givesUp() {
    assertThat(Retry.after(new Failure.Gone(OptionalInt.of(404), "gone"), 1, false)).isEmpty();
  }

  @Test
  void after_serverErrorOnColdTitle_givesUpAtOnce() {
    assertThat(Retry.after(new Failure.Broken(OptionalInt.of(500), "status"), 1, false)).isEmpty();
  }

  @Test
  void rest_doublesToHalfAMinute() {
    assertThat(Retry.rest(1)).isEqualTo(Duration.ofMillis(1500));
    assertThat(Retry.rest(2)).isEqualTo(Duration.ofSeconds(3));
    assertThat(Retry.rest(30)).isEqualTo(Duration.ofSeconds(30));
  }
}
