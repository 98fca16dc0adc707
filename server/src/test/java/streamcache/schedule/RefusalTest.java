package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import streamcache.origin.Failure;

/** What a refusal teaches once the title is accepted, with artificial times. */
final class RefusalTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Failure LIMIT =
      new Failure.Limit(OptionalInt.of(429), "too many", Optional.empty());

  private final Budget budget = new Budget(3, Optional.empty(), 0);

  private void open(int connections) {
    for (int i = 0; i < connections; i++) {
      budget.opened();
    }
  }

  private Refusal refuse(long now) {
    open(1);
    Refusal refusal = Refusal.next(Optional.empty(), LIMIT, budget, now);
    budget.refused(/* jitter= */ 0, now);
    return refusal;
  }

  @Test
  void teach_acceptedBesideAsMany_theClosedOneCounted() {
    open(2);
    budget.closed(/* cut= */ true, 0);
    Refusal refusal = refuse(2 * SECOND);
    open(1);
    refusal.teach(budget, 5 * SECOND);
    assertThat(budget.most(5 * SECOND)).isEqualTo(3);
    assertThat(budget.coolDown(5 * SECOND)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void teach_acceptedBesideFewerAndNothingWasClosedBefore_isTheLimit() {
    open(1);
    Refusal refusal = refuse(2 * SECOND);
    budget.closed(/* cut= */ false, 4 * SECOND);
    open(1);
    refusal.teach(budget, 5 * SECOND);
    assertThat(budget.most(5 * SECOND)).isEqualTo(1);
    assertThat(budget.coolDown(5 * SECOND)).isZero();
  }

  /** Found by the soak: occasional 503 responses made every connection cost seven seconds. */
  @Test
  void teach_anyReasonAndOneWasBorneSooner_isNothing() {
    Failure busy = new Failure.Busy(OptionalInt.of(503), "busy", Optional.empty());
    open(3);
    budget.closed(/* cut= */ true, 0);
    open(1);
    budget.accepted(SECOND);
    budget.closed(/* cut= */ true, 2 * SECOND);
    open(1);
    Refusal refusal = Refusal.next(Optional.empty(), busy, budget, 4 * SECOND);
    budget.rejected(4 * SECOND);
    open(1);
    refusal.teach(budget, 5 * SECOND);
    assertThat(budget.coolDown(5 * SECOND)).isZero();
    new Refusal(LIMIT, 1, refusal.others(), refusal.sinceClose()).teach(budget, 5 * SECOND);
    assertThat(budget.coolDown(5 * SECOND)).as("when it says so").isPositive();
  }

  /**
   * Found by exploration: somebody else used the account for half a minute, and each change of
   * connections waited for as long for an hour afterwards.
   */
  @Test
  void teach_longAfterACloseAndOneWasBorneSooner_isSomebodyElse() {
    open(3);
    budget.closed(/* cut= */ true, 0);
    open(1);
    budget.accepted(SECOND);
    budget.closed(/* cut= */ true, 2 * SECOND);
    open(1);
    Refusal refusal = Refusal.next(Optional.empty(), LIMIT, budget, 20 * SECOND);
    budget.rejected(20 * SECOND);
    open(1);
    refusal.teach(budget, 30 * SECOND);
    assertThat(budget.coolDown(30 * SECOND)).isZero();
  }

  /** Found by exploration: a provider that had ended older connections began to refuse new ones. */
  @Test
  void teach_contradictedAgainAndAgain_theClosedOneCounts() {
    open(3);
    budget.closed(/* cut= */ true, 0);
    open(1);
    budget.accepted(SECOND);
    long now = SECOND;
    for (int time = 0; time < 3; time++) {
      assertThat(budget.coolDown(now)).as("after " + time).isZero();
      budget.closed(/* cut= */ true, now);
      open(1);
      Refusal refusal = Refusal.next(Optional.empty(), LIMIT, budget, now + 18 * SECOND);
      budget.rejected(now + 18 * SECOND);
      open(1);
      now += 20 * SECOND;
      budget.accepted(now);
      refusal.teach(budget, now);
    }
    assertThat(budget.coolDown(now)).isGreaterThan(Duration.ofSeconds(15));
  }

  /** Without such an observation, the panel may count closed connections for as long. */
  @Test
  void teach_longAfterACloseAndNoneWasBorneSooner_theClosedOneCounted() {
    open(3);
    budget.closed(/* cut= */ true, 2 * SECOND);
    open(1);
    Refusal refusal = Refusal.next(Optional.empty(), LIMIT, budget, 20 * SECOND);
    budget.rejected(20 * SECOND);
    open(1);
    refusal.teach(budget, 30 * SECOND);
    assertThat(budget.coolDown(30 * SECOND)).isGreaterThan(Duration.ofSeconds(15));
  }

  /** Either the other connection or the closed one was too many. */
  @Test
  void teach_acceptedBesideFewerAfterACloseBefore_isNothing() {
    open(2);
    budget.closed(/* cut= */ true, 0);
    Refusal refusal = refuse(2 * SECOND);
    budget.closed(/* cut= */ false, 4 * SECOND);
    open(1);
    refusal.teach(budget, 5 * SECOND);
    assertThat(budget.most(5 * SECOND)).isEqualTo(3);
    assertThat(budget.coolDown(5 * SECOND)).isZero();
  }
}
