package streamcache.origin;

import java.util.Optional;
import streamcache.link.AccountId;
import streamcache.link.HttpUrl;
import streamcache.link.Link;
import streamcache.settings.ProviderBlocks;

/**
 * Which accounts are one and the same behind several host names: those that the settings give one
 * name, and those that redirects have shown to be one. Any thread; no I/O.
 */
public record AccountNames(ProviderBlocks blocks, ProviderProfiles profiles) {

  /** A chain is made of host names of one panel; more would be a fault. */
  private static final int LONGEST_CHAIN = 8;

  /** The account by which connections are counted for links that show {@code own}. */
  public AccountId of(AccountId own) {
    return named(own).orElseGet(() -> learned(own));
  }

  /** The account that the settings name. */
  public Optional<AccountId> named(AccountId own) {
    return blocks.account(own.host(), own.port()).map(AccountId::named);
  }

  /**
   * The provider has redirected the link to this address and served the film there. If user,
   * password and path are the same on both hosts, they are one panel.
   */
  void served(Link link, HttpUrl from) {
    if (!link.isXtream() || !from.path().equals(link.url().path())) {
      return;
    }
    AccountId here = learned(link.account());
    AccountId there = learned(AccountId.of(from));
    if (!here.equals(there)) {
      profiles.learn(there, known -> known.belongingTo(here.value()));
    }
  }

  private AccountId learned(AccountId own) {
    AccountId account = own;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      Optional<String> other = profiles.of(account).account();
      if (other.isEmpty()) {
        return account;
      }
      account = new AccountId(other.get());
    }
    return account;
  }
}
