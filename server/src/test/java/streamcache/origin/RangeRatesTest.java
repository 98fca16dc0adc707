package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RangeRatesTest {

  private static final Instant NOW = Instant.parse("2030-02-01T12:00:00Z");
  private static final double KB = 1e3;

  private static UnaryOperator<RangeRates> open(double rate, int minute) {
    return known -> known.opened(rate, NOW.plusSeconds(60L * minute));
  }

  private static UnaryOperator<RangeRates> closed(double rate, int minute) {
    return known -> known.closed(rate, NOW.plusSeconds(60L * minute));
  }

  static Stream<Arguments> isThrottled_afterMeasurements_onlyWhereOpenRangesAloneAreSlow() {
    UnaryOperator<RangeRates> slow = open(100 * KB, 0);
    UnaryOperator<RangeRates> fast = closed(31_000 * KB, 1);
    return Stream.of(
        Arguments.of("never measured", List.of(), false),
        Arguments.of("as the reports have it", List.of(slow, fast, fast, fast), true),
        Arguments.of("in turns", List.of(slow, fast, slow, fast, slow, fast), true),
        Arguments.of("not yet certain", List.of(slow, fast, fast), false),
        Arguments.of("only open ranges", List.of(slow, slow, slow, slow), false),
        Arguments.of("only closed ranges", List.of(fast, fast, fast, fast), false),
        Arguments.of(
            "slow in any case",
            List.of(slow, closed(120 * KB, 1), closed(120 * KB, 1), closed(120 * KB, 1)),
            false),
        Arguments.of(
            "once slow in any case", List.of(slow, fast, fast, closed(120 * KB, 1), fast), false),
        Arguments.of(
            "an open range was fast", List.of(slow, fast, fast, fast, open(9e6, 1)), false),
        Arguments.of(
            "fast enough for films", List.of(open(2.1e6, 0), closed(99e6, 1), fast, fast), false),
        Arguments.of(
            "a line that three others share",
            List.of(open(1.9e6, 0), closed(9e6, 1), closed(9e6, 1), closed(9e6, 1)),
            false),
        Arguments.of(
            "slow in the evening",
            List.of(slow, closed(9e6, 60), closed(9e6, 60), closed(9e6, 60)),
            false),
        Arguments.of(
            "the clock was set back",
            List.of(open(100 * KB, 99), closed(9e6, 1), closed(9e6, 1), closed(9e6, 1)),
            false),
        Arguments.of(
            "closed ranges at another hour change nothing",
            List.of(slow, fast, fast, fast, closed(120 * KB, 60)),
            true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void isThrottled_afterMeasurements_onlyWhereOpenRangesAloneAreSlow(
      String name, List<UnaryOperator<RangeRates>> measured, boolean isThrottled) {
    RangeRates rates = RangeRates.NONE;
    for (UnaryOperator<RangeRates> one : measured) {
      rates = one.apply(rates);
    }
    assertThat(rates.isThrottled()).as(rates.toString()).isEqualTo(isThrottled);
  }
}
