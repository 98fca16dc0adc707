package streamcache.store;

import java.util.concurrent.ExecutorService;
import streamcache.link.TitleKey;
import streamcache.settings.StoreSettings;

/**
 * What every part of one open store shares.
 *
 * @param openers threads that open files for callers who must not wait for the disk themselves
 */
record StoreParts(
    StoreSettings settings,
    Layout layout,
    Shards shards,
    FileSystemAbilities abilities,
    Disk disk,
    StoreTime time,
    int bootTag,
    Accounts accounts,
    Room room,
    Health health,
    StoreListener listener,
    Chores chores,
    ExecutorService openers) {

  /** Tells the listener that part of a title became holes. */
  void distrust(TitleKey key, long bytes, String reason) {
    chores.publisher().execute(() -> listener.distrusted(key, bytes, reason));
  }
}
