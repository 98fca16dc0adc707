package streamcache.store;

import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import streamcache.durable.Disk;
import streamcache.durable.FileSystemAbilities;
import streamcache.event.Event;
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
    Consumer<Event> events,
    MaintenanceThreads threads,
    ExecutorService openers,
    Pins pins) {

  /** Publishes that part of a title was turned into holes. */
  void invalidate(TitleKey key, long bytes, String reason) {
    publish(new StoreEvent.Invalidated(key, bytes, reason));
  }

  /** Publishes an event, on the thread for that. */
  void publish(StoreEvent event) {
    threads.publisher().execute(() -> events.accept(event));
  }
}
