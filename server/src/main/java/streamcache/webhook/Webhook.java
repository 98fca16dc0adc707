package streamcache.webhook;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import streamcache.event.Event;
import streamcache.fill.FillEvent;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.outbox.Caller;
import streamcache.outbox.Outbox;
import streamcache.outbox.OutboxEvent;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.PlaybackRecord;
import streamcache.settings.WebhookSettings;
import streamcache.store.StoreEvent;
import streamcache.store.StoreException;
import streamcache.store.StoreUsage;

/**
 * The entry point of this package. Receives events on any thread without blocking, and leaves the
 * rest to its own thread. Wired once; call {@link #start} after this process owns the folder of the
 * journal.
 */
public final class Webhook implements Consumer<Event>, AutoCloseable {

  static final String FILE = "webhook.journal";

  private final Path folder;
  private final WebhookSettings settings;
  private final Caller caller;
  private final InstantSource clock;
  private final Outbox<AlertEvent> outbox;
  private volatile @Nullable Supplier<StoreUsage> usage;
  private volatile long minFreeBytes;
  private volatile boolean isFull;
  private Instant nextLook = Instant.MIN;

  /**
   * @param folder holds the journal; created if it is missing
   */
  public Webhook(
      Path folder,
      WebhookSettings settings,
      Caller caller,
      InstantSource clock,
      Consumer<? super OutboxEvent> listener) {
    this.folder = folder;
    this.settings = settings;
    this.caller = caller;
    this.clock = clock;
    this.outbox = new Outbox<>("webhook", this::work, listener);
  }

  /**
   * @param usage reads the usage of the store; may block
   * @param minFreeBytes with less than this left, the disk is nearly full
   */
  public void start(Supplier<StoreUsage> usage, long minFreeBytes) {
    watch(usage, minFreeBytes);
    outbox.start();
  }

  /** As {@link #start}, for tests that run the loop by hand. */
  void watch(Supplier<StoreUsage> source, long minFree) {
    this.usage = source;
    this.minFreeBytes = minFree;
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case PlaybackEvent.Finished(PlaybackRecord playback)
          when playback.ended() instanceof Ended.Refused(Failure.Gone _) ->
          gone(playback);
      case FillEvent.ConnectionOpened opened ->
          outbox.add(new AlertEvent.Answered(opened.account(), clock.instant()));
      case FillEvent.TitleFailed failed ->
          outbox.add(
              new AlertEvent.Failed(
                  failed.title(), failed.account(), clock.instant(), failed.failure()));
      case StoreEvent.Failed failed when failed.cause() == StoreException.Cause.FULL -> {
        isFull = true;
        outbox.wake();
      }
      case StoreEvent.Recovered _ -> isFull = false;
      default -> {}
    }
  }

  private void gone(PlaybackRecord playback) {
    Link link = playback.link();
    outbox.add(
        new AlertEvent.Gone(
            link.key(), link.account(), clock.instant(), link.name(), playback.requestId()));
  }

  /** Runs on the worker thread; tests call it directly. */
  Duration round() {
    return outbox.round();
  }

  /**
   * Limited to once per {@code WebhookWork.LOOK}, unless the store is full: every seek of a player
   * wakes the loop.
   */
  private void look() {
    Supplier<StoreUsage> source = usage;
    Instant now = clock.instant();
    if (source != null && (isFull || !nextLook.isAfter(now))) {
      nextLook = now.plus(WebhookWork.LOOK);
      boolean _ = outbox.events().offer(new AlertEvent.Disk(source.get(), isFull, now));
    }
  }

  private WebhookWork work() throws IOException {
    Alerts alerts = Alerts.open(folder.resolve(FILE));
    Poster poster = new Poster(caller, settings);
    return new WebhookWork(new Watch(minFreeBytes), alerts, poster, clock, outbox, this::look);
  }

  /** Lets the current round finish. Pending notices stay in the journal. */
  @Override
  public void close() {
    caller.close();
    outbox.close();
  }
}
