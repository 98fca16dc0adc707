package streamcache.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import streamcache.event.Event;
import streamcache.link.Links;
import streamcache.outbox.Caller;
import streamcache.seerr.Panel;
import streamcache.seerr.Seerr;
import streamcache.settings.RoomSettings;
import streamcache.settings.StoreSettings;
import streamcache.store.StoreUsage;
import streamcache.trouble.Remedies;
import streamcache.webhook.Webhook;

/**
 * The components that inform other programs, each only if configured. Wired by {@link Server},
 * which closes them before the store, in whose folder their journals are.
 */
final class Outboxes implements AutoCloseable {

  private final Optional<Seerr> seerr;
  private final Optional<Webhook> webhook;
  private final long minFreeBytes;

  Outboxes(RoomSettings settings, InstantSource clock, Consumer<Event> listener) {
    Path folder = folder(settings.store());
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

  /** The folder of the journals: in the cache folder, which only one process owns at a time. */
  static Path folder(StoreSettings store) {
    return store.folder().resolve("outbox");
  }

  /** The consumers of the events of other packages. */
  List<Consumer<Event>> consumers() {
    return Stream.<Optional<? extends Consumer<Event>>>of(seerr, webhook)
        .<Consumer<Event>>flatMap(Optional::stream)
        .toList();
  }

  /** Additional notes for viewers of a title that fails. */
  Remedies remedies() {
    return seerr.<Remedies>map(present -> present).orElse(Remedies.NONE);
  }

  /**
   * Call after this process owns the folder.
   *
   * @param links reads the links in the library
   * @param panel asks providers which film a link stands for
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
