package streamcache.fill;

import streamcache.link.AccountId;
import streamcache.origin.HabitBook;
import streamcache.origin.Habits;
import streamcache.settings.ProviderRules;

/**
 * Whether anything of an account may be fetched that nobody needs soon: by the hours and the daily
 * quota that are set. A player is never asked to wait for it. Days begin at midnight of this
 * machine; what is spent is kept over restarts.
 */
record FillGate(ProviderRules.Fills rules, AccountId account, HabitBook book) {

  boolean isOpen() {
    boolean isTime = rules.hours().isEmpty() || rules.hours().get().contains(book.timeOfDay());
    return isTime && (rules.quota().isEmpty() || spentToday() < rules.quota().getAsLong());
  }

  /** Whether it ever opens. */
  boolean opensAgain() {
    return rules.quota().orElse(1) > 0;
  }

  private long spentToday() {
    Habits.Spent spent = book.of(account).spent();
    return spent.day().equals(book.today()) ? spent.bytes() : 0;
  }

  /** Bytes came that nobody needed soon. */
  void spent(long bytes) {
    if (bytes > 0 && rules.quota().isPresent()) {
      book.learn(account, habits -> habits.spending(book.today(), bytes));
    }
  }
}
