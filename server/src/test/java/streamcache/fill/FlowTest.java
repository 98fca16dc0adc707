package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FlowTest {

  private static final int MIB = 1 << 20;

  private final Flow flow = new Flow();

  private static long at(double seconds) {
    return 7 + (long) (seconds * Duration.ofSeconds(1).toNanos());
  }

  @Test
  void rate_beforeTheFirstByte_isUnknown() {
    assertThat(flow.rate(/* bytes= */ 0, at(5))).isZero();
    assertThat(flow.ran(at(5))).isEmpty();
  }

  @Test
  void rate_isOverItsWholeLife() {
    flow.begins(at(0));
    assertThat(flow.rate(MIB, at(0.2))).isZero();
    assertThat(flow.rate(6 * MIB, at(3))).isEqualTo(2 * MIB);
    assertThat(flow.bandwidth(6 * MIB, at(3))).isEqualTo(2 * MIB);
  }

  /** A connection that was throttled once at its start never reported its bandwidth. */
  @Test
  void lineRate_waitedOnceAtTheBeginning_isThatSince() {
    flow.begins(at(0));
    flow.waited(MIB, at(1));
    assertThat(flow.bandwidth(3 * MIB, at(1.5))).isZero();
    assertThat(flow.bandwidth(7 * MIB, at(3))).isEqualTo(3 * MIB);
  }
}
