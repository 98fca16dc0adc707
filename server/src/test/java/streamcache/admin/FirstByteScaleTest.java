package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Percentiles from counts of classes. */
final class FirstByteScaleTest {

  @Test
  void class_ofATime_isTheShortestThatHoldsIt() {
    Random random = new Random(3);
    for (int at = 0; at < 10_000; at++) {
      Duration time = Duration.ofNanos(random.nextLong(100_000, 300_000_000_000L));
      int number = FirstByteScale.of(time);
      double seconds = time.toNanos() / 1e9;
      assertThat(seconds).isLessThanOrEqualTo(FirstByteScale.seconds(number) * 1.000001);
      assertThat(FirstByteScale.seconds(number) / seconds).isLessThan(1.100001);
    }
    assertThat(FirstByteScale.of(Duration.ZERO)).isZero();
    assertThat(FirstByteScale.of(Duration.ofDays(1))).isEqualTo(FirstByteScale.CLASSES - 1);
  }

  @Test
  void quantile_ofCounts_isThatOfTheTimes() {
    Map<String, Long> counts = new TreeMap<>();
    IntStream.rangeClosed(1, 1000)
        .forEach(millis ->
            counts.merge(
                Integer.toString(FirstByteScale.of(Duration.ofMillis(millis))), 1L, Long::sum));

    assertThat(FirstByteScale.quantile(counts, 0.5).orElseThrow()).isEqualTo(0.5, within(0.05));
    assertThat(FirstByteScale.quantile(counts, 0.99).orElseThrow()).isEqualTo(0.99, within(0.1));
    assertThat(FirstByteScale.quantile(Map.of(), 0.5)).isEmpty();
    assertThat(FirstByteScale.quantile(Map.of("7", 1L), 0.99)).contains(FirstByteScale.seconds(7));
  }
}
