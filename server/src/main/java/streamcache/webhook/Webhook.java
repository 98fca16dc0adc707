package streamcache.webhook;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import streamcache.fill.Ending;
import streamcache.fill.FillListener;
import streamcache.link.AccountId;
import streamcache.link.Link;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.outbox.Caller;
import streamcache.outbox.OutboxEvent;
import streamcache.outbox.OutboxListener;
import streamcache.outbox.WorkerLoop;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackListener;
import streamcache.playback.PlaybackRecord;
import streamcache.settings.WebhookSettings;
import streamcache.store.StoreException;
import streamcache.store.StoreListener;
import streamcache.store.StoreUsage;

/**
 * The entry point of this package. Receives events on any thread without blocking, and leaves the
 * rest to its own thread. Wired once; call {@link #start} after this process owns the folder of the
 * journal.
 */
public final class Webhook implements PlaybackListener, FillListener, StoreListener, AutoCloseable {

  static final String FILE = "webhook.journal";

  /** Bounds a burst, such as a dead library causes; further events are dropped. */
  private static final int MOST_SIGHTINGS = 4096;

  /** How long to wait after the disk refused a write. */
  private static final Duration DISK_REST = Duration.ofSeconds(30);

  private final Path folder;
  private final WebhookSettings settings;
  private final Caller caller;
  private final InstantSource clock;
  private final OutboxListener listener;
  private final BlockingQueue<AlertEvent> sightings = new ArrayBlockingQueue<>(MOST_SIGHTINGS);
  private final WorkerLoop loop = new WorkerLoop("webhook", this::round);
  private volatile @Nullable Supplier<StoreUsage> usage;
  private volatile long minFreeBytes;
  private volatile boolean isFull;
  private @Nullable WebhookWork work;
  private Instant nextLook = Instant.MIN;
  private boolean isDiskTold;
  private volatile boolean isClosing;

  /**
   * @param folder holds the journal; created if it is missing
   */
  public Webhook(
      Path folder,
      WebhookSettings settings,
      Caller caller,
      InstantSource clock,
      OutboxListener listener) {
    this.folder = folder;
    this.settings = settings;
    this.caller = caller;
    this.clock = clock;
    // Errors caused by the shutdown itself are not reported.
    this.listener =
        news -> {
          if (!isClosing) {
            listener.news(news);
          }
        };
  }

  /**
   * @param usage reads the usage of the store; may block
   * @param minFreeBytes with less than this left, the disk is nearly full
   */
  public void start(Supplier<StoreUsage> usage, long minFreeBytes) {
    watch(usage, minFreeBytes);
    loop.start();
  }

  /** As {@link #start}, for tests that run the loop by hand. */
  void watch(Supplier<StoreUsage> source, long minFree) {
    this.usage = source;
    this.minFreeBytes = minFree;
  }

  @Override
  public void started() {}

  @Override
  public void ended(PlaybackRecord playback) {
    if (playback.ended() instanceof Ended.Refused(Failure.Gone _)) {
      Link link = playback.link();
      see(
          new AlertEvent.Gone(
              link.key(), link.account(), clock.instant(), link.name(), playback.requestId()));
    }
  }

  @Override
  public void opened(TitleKey title, AccountId account, long start, Duration firstByte) {
    see(new AlertEvent.Answered(account, clock.instant()));
  }

  @Override
  public void closed(
      TitleKey title,
      AccountId account,
      long bytes,
      long stored,
      boolean answered,
      Ending ending) {}

  @Override
  public void completed(TitleKey title, long total) {}

  @Override
  public void failed(TitleKey title, AccountId account, Failure failure) {
    see(new AlertEvent.Failed(title, account, clock.instant(), failure));
  }

  @Override
  public void evicted(TitleKey key, long bytes) {}

  @Override
  public void trouble(StoreException.Cause cause, String sentence) {
    if (cause == StoreException.Cause.FULL) {
      isFull = true;
      loop.wake();
    }
  }

  @Override
  public void healed() {
    isFull = false;
  }

  @Override
  public void atLimit() {}

  @Override
  public void distrusted(TitleKey key, long bytes, String reason) {}

  private void see(AlertEvent event) {
    if (sightings.offer(event)) {
      loop.wake();
    }
  }

  /** Runs on the worker thread; tests call it directly. */
  Duration round() {
    try {
      look();
      WebhookWork ready = ready();
      ready.hear(sightings);
      ready.diskTrouble().ifPresentOrElse(this::tellOfDisk, () -> isDiskTold = false);
      return ready.go();
    } catch (IOException e) {
      tellOfDisk(e);
      return DISK_REST;
    }
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
      var _ = sightings.offer(new AlertEvent.Disk(source.get(), isFull, now));
    }
  }

  private void tellOfDisk(IOException cause) {
    if (!isDiskTold) {
      isDiskTold = true;
      String words =
          "the queued events cannot be saved on disk (" + cause.getClass().getSimpleName() + ")";
      listener.news(new OutboxEvent(WebhookWork.OUTBOX, OutboxEvent.Kind.TROUBLE, "", "", words));
    }
  }

  private WebhookWork ready() throws IOException {
    WebhookWork present = work;
    if (present != null) {
      return present;
    }
    Alerts alerts = Alerts.open(folder.resolve(FILE));
    Poster poster = new Poster(caller, settings);
    WebhookWork made = new WebhookWork(new Watch(minFreeBytes), alerts, poster, clock, listener);
    work = made;
    return made;
  }

  /** Lets the current round finish. Pending notices stay in the journal. */
  @Override
  public void close() {
    isClosing = true;
    caller.close();
    loop.close();
  }
}
