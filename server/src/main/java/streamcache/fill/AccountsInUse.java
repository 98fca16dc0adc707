package streamcache.fill;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import streamcache.link.AccountId;
import streamcache.origin.Failure;

/** The accounts of this server, for the cluster that decides which node uses one. Any thread. */
public final class AccountsInUse {

  private static final Failure MOVED =
      new Failure.Busy(
          OptionalInt.empty(),
          "another node of the cluster fetches this title now",
          Optional.of(Duration.ofSeconds(1)));

  private final Map<AccountId, Account> accounts;

  AccountsInUse(Map<AccountId, Account> accounts) {
    this.accounts = accounts;
  }

  /** Those that have something to do, or may be counted as open by their providers. */
  public Set<AccountId> busy() {
    return accounts.entrySet().stream()
        .filter(account -> account.getValue().isBusy())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Ends all connections; those that are still needed are opened again once that is allowed. */
  public void closeAll() {
    accounts.values().forEach(account -> account.parts().close());
  }

  /** Fails the demands of these accounts: another node fetches for their players from now on. */
  public void leave(Predicate<AccountId> elsewhere) {
    accounts.forEach((id, account) -> {
      if (elsewhere.test(id)) {
        account.parts().fail(MOVED);
      }
    });
  }
}
