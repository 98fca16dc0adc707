package streamcache.bench.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two titles, two players, one connection: every order of events. */
final class SmallCasesTest {

  /** Number of events in a row. */
  private static final int DEPTH = 8;

  @Test
  void everyOrderOfEvents_nothingForbiddenHappens_andBothGetTheirFilmsInTheEnd() {
    long orders = SmallCases.play(DEPTH, /* refusesRanges= */ false);
    System.out.printf("SmallCasesTest: %d orders of %d events%n", orders, DEPTH);
    assertThat(orders).isGreaterThan(200_000);
  }

  /** The same at a provider that gives films only to requests without a Range. */
  @Test
  void everyOrderOfEvents_rangesAreRefused_bothGetTheirFilmsInTheEnd() {
    long orders = SmallCases.play(DEPTH - 1, /* refusesRanges= */ true);
    System.out.printf("SmallCasesTest: %d orders of %d events%n", orders, DEPTH - 1);
    assertThat(orders).isGreaterThan(20_000);
  }
}
