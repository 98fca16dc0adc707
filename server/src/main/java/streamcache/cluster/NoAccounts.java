package streamcache.cluster;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import streamcache.link.AccountId;

/** Before the accounts are there. */
final class NoAccounts implements AccountUse {
  @Override
  public Set<AccountId> busy() {
    return Set.of();
  }

  @Override
  public void closeAll() {}

  @Override
  public void closeIdle() {}

  @Override
  public Map<AccountId, String> lessons() {
    return Map.of();
  }

  @Override
  public void repeatLessons() {}

  @Override
  public void hear(AccountId account, String lesson) {}

  @Override
  public void leave(Predicate<AccountId> accounts) {}
}
