package streamcache.seerr;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import streamcache.fill.Ending;
import streamcache.fill.FillListener;
import streamcache.link.AccountId;
import streamcache.link.Link;
import streamcache.link.Links;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.outbox.Caller;
import streamcache.outbox.OutboxEvent;
import streamcache.outbox.OutboxListener;
import streamcache.outbox.WorkerLoop;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackListener;
import streamcache.playback.PlaybackRecord;
import streamcache.settings.SeerrSettings;
import streamcache.trouble.Cause;
import streamcache.trouble.Remedies;

/**
 * The entry point of this package. Receives events about titles that fail and that play, on any
 * thread without blocking, and leaves the rest to its own thread. Wired once; call {@link #start}
 * after this process owns the folder of the journal.
 */
public final class Seerr implements PlaybackListener, FillListener, Remedies, AutoCloseable {

  /** Bounds a burst of failures, such as a scan of a library causes; further events are dropped. */
  private static final int MOST_EVENTS = 4096;

  /** How long to wait after the disk refused a write. */
  private static final Duration DISK_REST = Duration.ofSeconds(30);

  private final Path folder;
  private final SeerrSettings settings;
  private final InstantSource clock;
  private final Caller caller;
  private final OutboxListener listener;
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(MOST_EVENTS);
  private final WorkerLoop loop = new WorkerLoop("seerr", this::round);
  private volatile @Nullable Cases cases;
  private volatile Optional<MetadataSources> sources = Optional.empty();
  private @Nullable SeerrWork work;
  private boolean isDiskTold;
  private volatile boolean isClosing;

  /**
   * @param folder holds the journal; created if it is missing
   */
  public Seerr(
      Path folder,
      SeerrSettings settings,
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
   * @param links reads the links in the {@code .strm} files of the library
   * @param panel asks providers which film a link stands for
   */
  public void start(Links links, Panel panel) {
    open(links, panel);
    loop.start();
  }

  /** As {@link #start}, for tests that run the loop by hand. */
  void open(Links links, Panel panel) {
    sources = Optional.of(new MetadataSources(settings, links, panel, clock));
  }

  @Override
  public List<String> notes(TitleKey title) {
    Cases known = cases;
    return known == null ? List.of() : known.note(title).stream().toList();
  }

  @Override
  public void started() {}

  @Override
  public void ended(PlaybackRecord playback) {
    if (playback.ended() instanceof Ended.Refused(Failure failure)) {
      Evidence evidence = Evidence.of(failure);
      if (evidence != Evidence.NONE) {
        sources.ifPresent(known -> known.noted(playback.link()));
        hear(failed(playback, evidence, Cause.of(failure)));
      }
    }
  }

  private Event.Failed failed(PlaybackRecord playback, Evidence evidence, Cause cause) {
    Link link = playback.link();
    return new Event.Failed(
        link.key(),
        clock.instant(),
        evidence,
        MediaIdentity.of(playback.request().target(), link.name()),
        link.name(),
        link.secrets().shownHost(link.url().host()),
        cause.label(),
        cause.headline(),
        playback.requestId());
  }

  @Override
  public void opened(TitleKey title, AccountId account, long start, Duration firstByte) {
    Cases known = cases;
    if (known != null && known.knows(title)) {
      hear(new Event.Plays(title, clock.instant()));
    }
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
  public void failed(TitleKey title, AccountId account, Failure failure) {}

  private void hear(Event event) {
    if (events.offer(event)) {
      loop.wake();
    }
  }

  /** Runs on the worker thread; tests call it directly. */
  Duration round() {
    try {
      SeerrWork ready = ready();
      ready.hear(events);
      isDiskTold = false;
      return ready.go(events);
    } catch (IOException e) {
      tellOfDisk(e);
      return DISK_REST;
    }
  }

  private void tellOfDisk(IOException cause) {
    if (!isDiskTold) {
      isDiskTold = true;
      String words =
          "the queued reports cannot be saved on disk (" + cause.getClass().getSimpleName() + ")";
      listener.news(new OutboxEvent(SeerrWork.OUTBOX, OutboxEvent.Kind.TROUBLE, "", "", words));
    }
  }

  private SeerrWork ready() throws IOException {
    SeerrWork present = work;
    if (present != null) {
      return present;
    }
    Cases opened = Cases.open(folder.resolve(SeerrBook.FILE));
    SeerrClient client = new SeerrClient(caller, settings);
    List<MetadataSource> inOrder = sources.map(MetadataSources::inOrder).orElse(List.of());
    SeerrWork made = new SeerrWork(settings, client, inOrder, opened, clock, listener);
    work = made;
    cases = opened;
    return made;
  }

  /** Lets the current round finish. Queued cases stay in the journal. */
  @Override
  public void close() {
    isClosing = true;
    caller.close();
    sources.ifPresent(MetadataSources::close);
    loop.close();
  }
}
