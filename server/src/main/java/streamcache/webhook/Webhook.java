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
import streamcache.outbox.News;
import streamcache.outbox.NewsListener;
import streamcache.outbox.Rounds;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackListener;
import streamcache.playback.PlaybackRecord;
import streamcache.settings.WebhookSettings;
import streamcache.store.StoreException;
import streamcache.store.StoreListener;
import streamcache.store.StoreUsage;

/**
 * The door of the room: sees what happens, on any thread and without blocking, and leaves the rest
 * to a thread of its own. Wired once; {@link #start} when the folder of the journal is ours.
 */
public final class Webhook implements PlaybackListener, FillListener, StoreListener, AutoCloseable {

  static final String FILE = "webhook.journal";

  /** Of a burst, as a dead library makes one; more are not seen. */
  private static final int MOST_SIGHTINGS = 4096;

  /** After the disk has refused something. */
  private static final Duration DISK_REST = Duration.ofSeconds(30);

  private final Path folder;
  private final WebhookSettings settings;
  private final Caller caller;
  private final InstantSource clock;
  private final NewsListener listener;
  private final BlockingQueue<Sighting> sightings = new ArrayBlockingQueue<>(MOST_SIGHTINGS);
  private final Rounds rounds = new Rounds("webhook", this::round);
  private volatile @Nullable Supplier<StoreUsage> usage;
  private volatile long minFreeBytes;
  private volatile boolean isFull;
  private @Nullable WebhookWork work;
  private Instant nextLook = Instant.MIN;
  private boolean isDiskTold;
  private volatile boolean isClosing;

  /**
   * @param folder of the journal, made when it is missing
   */
  public Webhook(
      Path folder,
      WebhookSettings settings,
      Caller caller,
      InstantSource clock,
      NewsListener listener) {
    this.folder = folder;
    this.settings = settings;
    this.caller = caller;
    this.clock = clock;
    // What a stop cuts short is no news.
    this.listener =
        news -> {
          if (!isClosing) {
            listener.news(news);
          }
        };
  }

  /**
   * @param usage of the store; may block
   * @param minFreeBytes with less than this left the disk is nearly full
   */
  public void start(Supplier<StoreUsage> usage, long minFreeBytes) {
    watch(usage, minFreeBytes);
    rounds.start();
  }

  /** As {@link #start}, for a test that makes the rounds by hand. */
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
          new Sighting.Gone(
              link.key(), link.account(), clock.instant(), link.name(), playback.requestId()));
    }
  }

  @Override
  public void opened(TitleKey title, AccountId account, long start, Duration firstByte) {
    see(new Sighting.Answered(account, clock.instant()));
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
    see(new Sighting.Failed(title, account, clock.instant(), failure));
  }

  @Override
  public void evicted(TitleKey key, long bytes) {}

  @Override
  public void trouble(StoreException.Cause cause, String sentence) {
    if (cause == StoreException.Cause.FULL) {
      isFull = true;
      rounds.wake();
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

  private void see(Sighting sighting) {
    if (sightings.offer(sighting)) {
      rounds.wake();
    }
  }

  /** On the thread of the rounds; a test calls it by hand. */
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

  /** Not at every round: each seek of each player makes one. */
  private void look() {
    Supplier<StoreUsage> source = usage;
    Instant now = clock.instant();
    if (source != null && (isFull || !nextLook.isAfter(now))) {
      nextLook = now.plus(WebhookWork.LOOK);
      var _ = sightings.offer(new Sighting.Disk(source.get(), isFull, now));
    }
  }

  private void tellOfDisk(IOException cause) {
    if (!isDiskTold) {
      isDiskTold = true;
      String words =
          "the disk does not keep what is to be told (" + cause.getClass().getSimpleName() + ")";
      listener.news(new News(WebhookWork.OUTBOX, News.Kind.TROUBLE, "", "", words));
    }
  }

  private WebhookWork ready() throws IOException {
    WebhookWork present = work;
    if (present != null) {
      return present;
    }
    Matters matters = Matters.open(folder.resolve(FILE));
    Poster poster = new Poster(caller, settings);
    WebhookWork made = new WebhookWork(new Watch(minFreeBytes), matters, poster, clock, listener);
    work = made;
    return made;
  }

  /** Lets the round under way end. What is pending stays in the journal. */
  @Override
  public void close() {
    isClosing = true;
    caller.close();
    rounds.close();
  }
}
