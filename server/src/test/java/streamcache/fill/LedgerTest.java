package streamcache.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import streamcache.link.AccountId;
import streamcache.origin.HabitBook;
import streamcache.settings.ProviderRules;

/** What a decision is told of an account. */
final class LedgerTest {

  private static final long SECOND = 1_000_000_000L;

  /** Whoever lost a connection meanwhile would wait for as long as nobody gets it. */
  @Test
  void state_providerWantsToBeLeftAlone_isSettling() {
    Budget budget = new Budget(2, Optional.empty(), 0);
    Memory memory =
        new Memory(new AccountId("host:80~0"), HabitBook.inMemory(InstantSource.system()));
    Ledger ledger = new Ledger(budget, ProviderRules.NONE, memory);
    budget.opened();
    budget.opened();
    assertThat(ledger.state(0).settling()).isFalse();
    budget.refused(/* jitter= */ 0, 0);
    assertThat(ledger.state(SECOND / 2).settling()).isTrue();
    assertThat(ledger.state(2 * SECOND).settling()).isFalse();
  }
}
