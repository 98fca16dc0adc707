package streamcache.fill;

import streamcache.link.AccountId;
import streamcache.origin.ProviderProfile;
import streamcache.origin.ProviderProfiles;
import streamcache.settings.ProviderRules;

/**
 * Decides whether bytes that nobody needs soon may be fetched from an account, by the configured
 * hours and daily quota. Never delays a player. Days begin at midnight local time; what is spent is
 * kept across restarts. Any thread.
 */
final class FillGate {

  private volatile ProviderRules.Fills rules;
  private final AccountId account;
  private final ProviderProfiles profiles;

  FillGate(ProviderRules.Fills rules, AccountId account, ProviderProfiles profiles) {
    this.rules = rules;
    this.account = account;
    this.profiles = profiles;
  }

  /** Other hours and another quota apply from now on. */
  void change(ProviderRules.Fills changed) {
    rules = changed;
  }

  boolean isOpen() {
    ProviderRules.Fills now = rules;
    boolean isTime = now.hours().isEmpty() || now.hours().get().contains(profiles.timeOfDay());
    return isTime && (now.quota().isEmpty() || spentToday() < now.quota().getAsLong());
  }

  /** Whether it ever opens. */
  boolean opensAgain() {
    return rules.quota().orElse(1) > 0;
  }

  private long spentToday() {
    ProviderProfile.Spent spent = profiles.of(account).spent();
    return spent.day().equals(profiles.today()) ? spent.bytes() : 0;
  }

  /** Bytes arrived that nobody needed soon. */
  void spent(long bytes) {
    if (bytes > 0 && rules.quota().isPresent()) {
      profiles.learn(account, profile -> profile.spending(profiles.today(), bytes));
    }
  }
}
