package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RateTest {

  private static final long MIB = 1 << 20;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** This also holds where the system clock wraps around. */
  @Test
  void take_asFastAsAllowed_takesTheTimeOfTheRate() {
    for (long begin : new long[] {0, Long.MAX_VALUE - SECOND}) {
      Rate rate = new Rate(2 * MIB, begin);
      long now = begin;
      for (long taken = 0; taken < 20 * MIB; taken += MIB / 4) {
        now = Math.max(now - begin, rate.take(MIB / 4, now) - begin) + begin;
      }
      assertThat((now - begin) / 1e9).isBetween(9.7, 10.0);
    }
  }

  /** A transfer that was slow for an hour must not burst for a minute. */
  @Test
  void take_afterAPause_makesUpForAMomentOnly() {
    Rate rate = new Rate(MIB, 0);
    long later = 3600 * SECOND;
    assertThat(rate.take(MIB / 4, later) - later).isLessThanOrEqualTo(0);
    assertThat(rate.take(MIB, later) - later).isEqualTo(SECOND);
  }

  @Test
  void portion_ofALowRate_isSmallButNotTiny() {
    assertThat(new Rate(1 << 30, 0).portion(262_144)).isEqualTo(262_144);
    assertThat(new Rate(100_000, 0).portion(262_144)).isEqualTo(25_000);
    assertThat(new Rate(1000, 0).portion(262_144)).isEqualTo(4096);
  }
}
