package streamcache.store;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import streamcache.durable.Disk;
import streamcache.durable.FileSystemAbilities;
import streamcache.event.Event;
import streamcache.link.TitleKey;
import streamcache.settings.StoreSettings;

/**
 * What the parts of one open store share.
 *
 * @param current the settings in effect
 * @param openers threads that open files for callers that must not wait for the disk themselves
 */
record StoreParts(
    AtomicReference<StoreSettings> current,
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

  /** Opens them in a folder that exists and is locked. Blocks on the disk. */
  static StoreParts open(
      StoreSettings settings,
      Layout layout,
      StoreFile file,
      Consumer<Event> events,
      Disk disk,
      StoreTime time,
      int bootTag)
      throws IOException {
    MaintenanceThreads threads = new MaintenanceThreads();
    Accounts accounts = new Accounts();
    SpaceQuota quota =
        new SpaceQuota(
            settings.maxBytes().orElse(file.maxBytes()),
            accounts,
            time,
            () -> threads.publisher().execute(() -> events.accept(new StoreEvent.AtLimit())));
    return new StoreParts(
        new AtomicReference<>(settings),
        layout,
        new Shards(disk, layout),
        file.abilities(),
        disk,
        time,
        bootTag,
        accounts,
        quota,
        new StoreHealth(disk, layout, time, events, threads),
        events,
        threads,
        new OpenerThreads(),
        Pins.open(disk, layout));
  }

  /** The settings in effect; they may change while the store is open. */
  StoreSettings settings() {
    return current.get();
  }

  /** Publishes that part of a title was turned into holes. */
  void invalidate(TitleKey key, long bytes, String reason) {
    publish(new StoreEvent.Invalidated(key, bytes, reason));
  }

  /** Publishes an event, on the thread for that. */
  void publish(StoreEvent event) {
    threads.publisher().execute(() -> events.accept(event));
  }
}
