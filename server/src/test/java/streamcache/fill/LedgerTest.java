package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import streamcache.link.AccountId;
import streamcache.origin.HabitBook;
import streamcache.settings.ProviderRules;

/** What a decision is told of an account, and when the account is forgotten. */
final class LedgerTest {

  private static final long NOW = -5_000_000_000L;

  private final Budget budget = new Budget(2, Optional.empty(), NOW);
  private final Ledger ledger =
      new Ledger(
          budget,
          ProviderRules.NONE,
          new Memory(new AccountId("host:80~0"), HabitBook.inMemory(InstantSource.system())));

  /** Whoever lost a connection meanwhile would wait for as long as nobody gets it. */
  @Test
  void state_providerWantsToBeLeftAlone_isSettling() {
    budget.opened();
    budget.opened();
    assertThat(isSettling(Duration.ZERO)).isFalse();
    budget.refused(/* jitter= */ 0, NOW);
    assertThat(isSettling(Duration.ofMillis(500))).isTrue();
    assertThat(isSettling(Duration.ofSeconds(2))).isFalse();
  }

  /** Found by the soak: fills that the store refused took each place that came free. */
  @Test
  void state_playbackWaitsForAPlaceOfItsOwn_itIsNotFreeForFills() throws InterruptedException {
    budget.opened();
    budget.opened();
    Thread waiting = Thread.ofPlatform().start(() -> assertThat(awaitPlace()).isTrue());
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    int free =
        ledger.locked(() -> {
          budget.closed(/* cut= */ false, NOW);
          ledger.changed();
          return ledger.state(NOW).free();
        });
    assertThat(free).isZero();
    waiting.join();
    assertThat(ledger.locked(() -> ledger.state(NOW).free())).isZero();
  }

  /** Found by the soak: of eight who came again and again one got nothing for half a minute. */
  @Test
  void awaitPlace_whoeverCameFirst_hasTheFirstTurn() throws InterruptedException {
    budget.opened();
    budget.opened();
    Thread first = Thread.ofPlatform().start(() -> assertThat(awaitPlace()).isTrue());
    while (first.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    ledger.locked(() -> budget.closed(/* cut= */ false, NOW));
    assertThat(ledger.awaitPlace(Duration.ZERO)).isFalse();
    first.join();
    assertThat(ledger.<Integer>locked(() -> budget.free(NOW))).isZero();
  }

  private boolean awaitPlace() {
    try {
      return ledger.awaitPlace(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Links may name any number of accounts. */
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

  private boolean isSettling(Duration after) {
    return ledger.locked(() -> ledger.state(NOW + after.toNanos()).settling());
  }

  private boolean forget(Duration after) {
    return ledger.locked(() -> ledger.forget(NOW + after.toNanos()));
  }
}
