package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is learned from a provider's refusals. */
final class BudgetTest {

  private static final double NO_JITTER = 0;

  private final Budget budget = new Budget(2, 0);

  private static long at(double seconds) {
    return Math.round(seconds * 1e9);
  }

  private void refuse(double seconds) {
    budget.opened();
    budget.refused(NO_JITTER, at(seconds));
  }

  @Test
  void refused_besideOpenOne_fewerAreAllowed() {
    budget.opened();
    refuse(100);
    assertThat(budget.most(at(100))).isEqualTo(1);
    assertThat(budget.coolDown()).isZero();
  }

  @Test
  void refused_besideOpenOneJustAfterAClose_closedOneStillCounts() {
    budget.opened();
    budget.opened();
    budget.closed(/* cut= */ true, at(100));
    refuse(100.5);
    assertThat(budget.most(at(100.5))).isEqualTo(2);
    assertThat(budget.coolDown()).isEqualTo(Duration.ofMillis(1500));
    refuse(102);
    assertThat(budget.most(at(102))).isEqualTo(2);
    assertThat(budget.coolDown()).isEqualTo(Duration.ofSeconds(3));
  }

  /** The close explains it no longer, hence it explained nothing: it was not about that. */
  @Test
  void refused_besideOpenOneLongAfterAClose_fewerAreAllowedAndNoCoolDownIsLearned() {
    budget.opened();
    budget.opened();
    budget.closed(/* cut= */ true, at(100));
    refuse(110);
    assertThat(budget.coolDown()).isEqualTo(Duration.ofSeconds(11));
    refuse(116);
    assertThat(budget.most(at(116))).isEqualTo(1);
    assertThat(budget.coolDown()).isZero();
  }

  @Test
  void accepted_afterACoolDown_keepsItWhenAnotherRefusalHasAnotherReason() {
    budget.opened();
    budget.opened();
    budget.closed(/* cut= */ true, at(100));
    refuse(102);
    budget.opened();
    budget.accepted();
    budget.closed(/* cut= */ true, at(200));
    refuse(205);
    refuse(216);
    assertThat(budget.most(at(216))).isEqualTo(1);
    assertThat(budget.coolDown()).isEqualTo(Duration.ofSeconds(3));
  }
}
