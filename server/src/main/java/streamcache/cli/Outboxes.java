package streamcache.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import streamcache.fill.FillListener;
import streamcache.link.Links;
import streamcache.metrics.EventLog;
import streamcache.metrics.Meters;
import streamcache.metrics.Observers;
import streamcache.outbox.Caller;
import streamcache.outbox.NewsListener;
import streamcache.playback.PlaybackListener;
import streamcache.seerr.Panel;
import streamcache.seerr.Seerr;
import streamcache.settings.RoomSettings;
import streamcache.settings.StoreSettings;
import streamcache.store.StoreListener;
import streamcache.store.StoreUsage;
import streamcache.trouble.Remedies;
import streamcache.webhook.Webhook;

/**
 * Whatever tells other programs what happens here, each only where it is set up. Wired by {@link
 * Server}, which closes it before the store, in whose folder the journals lie.
 */
final class Outboxes implements AutoCloseable {

  private final Optional<Seerr> seerr;
  private final Optional<Webhook> webhook;
  private final long minFreeBytes;

  Outboxes(RoomSettings settings, InstantSource clock, Meters meters, EventLog log) {
    Path folder = folder(settings.store());
    NewsListener listener =
        news -> {
          meters.news(news);
          log.news(news);
        };
    seerr =
        settings
            .seerr()
            .map(wanted -> new Seerr(folder, wanted, new Caller(Server.AGENT), clock, listener));
    webhook =
        settings
            .webhook()
            .map(wanted -> new Webhook(folder, wanted, new Caller(Server.AGENT), clock, listener));
    minFreeBytes = settings.store().minFreeBytes();
  }

  /** Where journals lie: in the folder that one process has at a time. */
  static Path folder(StoreSettings store) {
    return store.folder().resolve("outbox");
  }

  /** All who listen to the other rooms. */
  Observers observers(Meters meters, EventLog log) {
    List<PlaybackListener> playback = new ArrayList<>(List.of(meters, log));
    List<FillListener> fill = new ArrayList<>(List.of(meters, log));
    List<StoreListener> store = new ArrayList<>(List.of(meters, log));
    seerr.ifPresent(playback::add);
    seerr.ifPresent(fill::add);
    webhook.ifPresent(playback::add);
    webhook.ifPresent(fill::add);
    webhook.ifPresent(store::add);
    return new Observers(playback, fill, store, List.of(meters, log));
  }

  /** What viewers of a title that fails are told besides. */
  Remedies remedies() {
    return seerr.<Remedies>map(present -> present).orElse(Remedies.NONE);
  }

  /**
   * When the folder is ours.
   *
   * @param links reads what stands in the library
   * @param panel asks providers which film it is
   */
  void start(Supplier<StoreUsage> usage, Links links, Panel panel) {
    seerr.ifPresent(wanted -> wanted.start(links, panel));
    webhook.ifPresent(wanted -> wanted.start(usage, minFreeBytes));
  }

  @Override
  public void close() {
    seerr.ifPresent(Seerr::close);
    webhook.ifPresent(Webhook::close);
  }
}
