package streamcache.bench.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two titles, two players, one connection: every order of events. */
final class SmallCasesTest {

  /** Number of events in a row. */
  private static final int DEPTH = 8;

  @Test
  void everyOrderOfEvents_nothingForbiddenHappens_andBothGetTheirFilmsInTheEnd() {
    long orders = SmallCases.play(DEPTH);
    System.out.printf("SmallCasesTest: %d orders of %d events%n", orders, DEPTH);
    assertThat(orders).isGreaterThan(200_000);
  }
}
