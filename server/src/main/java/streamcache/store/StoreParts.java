package streamcache.store;

import streamcache.link.TitleKey;
import streamcache.settings.StoreSettings;

/** What every part of one open store shares. */
record StoreParts(
    StoreSettings settings,
    Layout layout,
    Disk disk,
    StoreTime time,
    int bootTag,
    Accounts accounts,
    Room room,
    Health health,
    StoreListener listener,
    Chores chores) {

  /** Tells the listener that part of a title became holes. */
  void distrust(TitleKey key, long bytes, String reason) {
    chores.publisher().execute(() -> listener.distrusted(key, bytes, reason));
  }
}
