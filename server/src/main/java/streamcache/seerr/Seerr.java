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
import streamcache.outbox.News;
import streamcache.outbox.NewsListener;
import streamcache.outbox.Rounds;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackListener;
import streamcache.playback.PlaybackRecord;
import streamcache.settings.SeerrSettings;
import streamcache.trouble.Cause;
import streamcache.trouble.Remedies;

/**
 * The door of the room: hears which titles fail and which play, on any thread and without blocking,
 * and leaves the rest to a thread of its own. Wired once; {@link #start} when the folder of the
 * journal is ours.
 */
public final class Seerr implements PlaybackListener, FillListener, Remedies, AutoCloseable {

  /** Of a burst of failures, as a library that is tried out makes one; more are not heard. */
  private static final int MOST_EVENTS = 4096;

  /** After the disk has refused something. */
  private static final Duration DISK_REST = Duration.ofSeconds(30);

  private final Path folder;
  private final SeerrSettings settings;
  private final InstantSource clock;
  private final Caller caller;
  private final NewsListener listener;
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(MOST_EVENTS);
  private final Rounds rounds = new Rounds("seerr", this::round);
  private volatile @Nullable Cases cases;
  private volatile Optional<Informants> informants = Optional.empty();
  private @Nullable SeerrWork work;
  private boolean isDiskTold;
  private volatile boolean isClosing;

  /**
   * @param folder of the journal, made when it is missing
   */
  public Seerr(
      Path folder,
      SeerrSettings settings,
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
   * @param links reads what stands in the {@code .strm} files of the library
   * @param panel asks providers which film it is
   */
  public void start(Links links, Panel panel) {
    open(links, panel);
    rounds.start();
  }

  /** What {@link #start} does for a test, which makes the rounds. */
  void open(Links links, Panel panel) {
    informants = Optional.of(new Informants(settings, links, panel, clock));
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
        informants.ifPresent(known -> known.noted(playback.link()));
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
        Work.of(playback.request().target(), link.name()),
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
      rounds.wake();
    }
  }

  /** On the thread of the rounds; a test calls it by hand. */
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
          "the disk does not keep what is to be told (" + cause.getClass().getSimpleName() + ")";
      listener.news(new News(SeerrWork.OUTBOX, News.Kind.TROUBLE, "", "", words));
    }
  }

  private SeerrWork ready() throws IOException {
    SeerrWork present = work;
    if (present != null) {
      return present;
    }
    Cases opened = Cases.open(folder.resolve(SeerrBook.FILE));
    SeerrClient client = new SeerrClient(caller, settings);
    List<Informant> inOrder = informants.map(Informants::inOrder).orElse(List.of());
    SeerrWork made = new SeerrWork(settings, client, inOrder, opened, clock, listener);
    work = made;
    cases = opened;
    return made;
  }

  /** Lets the round under way end. What is queued stays in the journal. */
  @Override
  public void close() {
    isClosing = true;
    caller.close();
    informants.ifPresent(Informants::close);
    rounds.close();
  }
}
