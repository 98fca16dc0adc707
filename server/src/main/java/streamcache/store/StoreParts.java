package streamcache.store;

import java.util.concurrent.ExecutorService;
import streamcache.durable.Disk;
import streamcache.durable.FileSystemAbilities;
import streamcache.link.TitleKey;
import streamcache.settings.StoreSettings;

/**
 * What the parts of one open store share.
 *
 * @param openers threads that open files for callers that must not wait for the disk themselves
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
    SpaceQuota quota,
    StoreHealth health,
    StoreListener listener,
    MaintenanceThreads threads,
    ExecutorService openers) {

  /** Tells the listener that part of a title was turned into holes. */
  void distrust(TitleKey key, long bytes, String reason) {
    threads.publisher().execute(() -> listener.distrusted(key, bytes, reason));
  }
}
