package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When an account is forgotten: links may name any number of them. */
final class LedgerTest {

  private static final long NOW = -5_000_000_000L;

  private final Budget budget = new Budget(1, NOW);
  private final Ledger ledger = new Ledger(budget);

  @Test
  void forget_openOrJustClosedConnection_isRemembered() {
    budget.opened();
    assertThat(forget(Duration.ZERO)).isFalse();
    budget.closed(/* cut= */ true, NOW);
    assertThat(forget(Duration.ofSeconds(59))).as("a refusal may be about it").isFalse();
    assertThat(ledger.isForgotten()).isFalse();
    assertThat(forget(Duration.ofSeconds(60))).isTrue();
    assertThat(ledger.isForgotten()).isTrue();
  }

  @Test
  void forget_heldByItsProvider_isRemembered() {
    budget.opened();
    Duration hold = budget.refused(/* jitter= */ 0, NOW);
    assertThat(forget(hold.minusNanos(1))).isFalse();
    assertThat(forget(hold)).isTrue();
  }

  private boolean forget(Duration after) {
    return ledger.locked(() -> ledger.forget(NOW + after.toNanos()));
  }
}
