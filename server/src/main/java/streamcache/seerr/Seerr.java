package streamcache.seerr;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import streamcache.event.Event;
import streamcache.fill.FillEvent;
import streamcache.link.Link;
import streamcache.link.Links;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.outbox.Caller;
import streamcache.outbox.Outbox;
import streamcache.outbox.OutboxEvent;
import streamcache.playback.Ended;
import streamcache.playback.PlaybackEvent;
import streamcache.playback.PlaybackRecord;
import streamcache.settings.SeerrSettings;
import streamcache.trouble.Cause;
import streamcache.trouble.Remedies;

/**
 * The entry point of this package. Receives events about titles that fail and that play, on any
 * thread without blocking, and leaves the rest to its own thread. Wired once; call {@link #start}
 * after this process owns the folder of the journal.
 */
public final class Seerr implements Consumer<Event>, Remedies, AutoCloseable {

  private final Path folder;
  private final SeerrSettings settings;
  private final InstantSource clock;
  private final Caller caller;
  private final Outbox<CaseEvent> outbox;
  private volatile @Nullable Cases cases;
  private volatile Optional<MetadataSources> sources = Optional.empty();

  /**
   * @param folder holds the journal; created if it is missing
   */
  public Seerr(
      Path folder,
      SeerrSettings settings,
      Caller caller,
      InstantSource clock,
      Consumer<? super OutboxEvent> listener) {
    this.folder = folder;
    this.settings = settings;
    this.caller = caller;
    this.clock = clock;
    this.outbox = new Outbox<>("seerr", this::work, listener);
  }

  /**
   * @param links reads the links in the {@code .strm} files of the library
   * @param panel asks providers which film a link stands for
   */
  public void start(Links links, Panel panel) {
    open(links, panel);
    outbox.start();
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
  public void accept(Event event) {
    switch (event) {
      case PlaybackEvent.Finished(PlaybackRecord playback)
          when playback.ended() instanceof Ended.Refused(Failure failure) ->
          failed(playback, failure);
      case FillEvent.ConnectionOpened opened -> plays(opened.title());
      default -> {}
    }
  }

  private void failed(PlaybackRecord playback, Failure failure) {
    Evidence evidence = Evidence.of(failure);
    if (evidence != Evidence.NONE) {
      sources.ifPresent(known -> known.noted(playback.link()));
      outbox.add(failed(playback, evidence, Cause.of(failure)));
    }
  }

  private CaseEvent.Failed failed(PlaybackRecord playback, Evidence evidence, Cause cause) {
    Link link = playback.link();
    return new CaseEvent.Failed(
        link.key(),
        clock.instant(),
        evidence,
        MediaIdentity.of(playback.request().target(), link.name()),
        link.name(),
        link.secrets().shownHost(link.url().shownHost()),
        cause.label(),
        cause.headline(),
        playback.requestId());
  }

  private void plays(TitleKey title) {
    Cases known = cases;
    if (known != null && known.knows(title)) {
      outbox.add(new CaseEvent.Plays(title, clock.instant()));
    }
  }

  /** Runs on the worker thread; tests call it directly. */
  Duration round() {
    return outbox.round();
  }

  private SeerrWork work() throws IOException {
    Cases opened = Cases.open(folder.resolve(SeerrBook.FILE));
    SeerrClient client = new SeerrClient(caller, settings);
    List<MetadataSource> inOrder = sources.map(MetadataSources::inOrder).orElse(List.of());
    cases = opened;
    return new SeerrWork(settings, client, inOrder, opened, clock, outbox);
  }

  /** Lets the current round finish. Queued cases stay in the journal. */
  @Override
  public void close() {
    caller.close();
    sources.ifPresent(MetadataSources::close);
    outbox.close();
  }
}
