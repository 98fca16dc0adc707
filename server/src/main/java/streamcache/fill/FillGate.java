package streamcache.fill;

import streamcache.link.AccountId;
import streamcache.origin.ProviderProfile;
import streamcache.origin.ProviderProfiles;
import streamcache.settings.ProviderRules;

/**
 * Decides whether bytes that nobody needs soon may be fetched from an account, by the configured
 * hours and daily quota. Never delays a player. Days begin at midnight local time; what is spent is
 * kept across restarts.
 */
record FillGate(ProviderRules.Fills rules, AccountId account, ProviderProfiles profiles) {

  boolean isOpen() {
    boolean isTime = rules.hours().isEmpty() || rules.hours().get().contains(profiles.timeOfDay());
    return isTime && (rules.quota().isEmpty() || spentToday() < rules.quota().getAsLong());
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
