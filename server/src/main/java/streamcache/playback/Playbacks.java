package streamcache.playback;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import streamcache.event.Event;
import streamcache.fill.Fills;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.settings.FillSettings;
import streamcache.store.Generation;
import streamcache.store.Store;
import streamcache.store.Title;

/** The entry point of the package: plays links to exchanges. Safe from any thread. */
public final class Playbacks {

  private static final String INTERNAL_ERROR = "internal error";

  private final Store store;
  private final Fills fills;
  private volatile FillSettings settings;
  private final Consumer<Event> events;
  private final InstantSource clock;
  private final Elsewhere elsewhere;
  private final Waits waits = new Waits(System::nanoTime);

  public Playbacks(
      Store store,
      Fills fills,
      FillSettings settings,
      Consumer<Event> events,
      InstantSource clock) {
    this(store, fills, settings, events, clock, Elsewhere.NOWHERE);
  }

  /**
   * @param elsewhere plays what other nodes fetch
   */
  public Playbacks(
      Store store,
      Fills fills,
      FillSettings settings,
      Consumer<Event> events,
      InstantSource clock,
      Elsewhere elsewhere) {
    this.store = store;
    this.fills = fills;
    this.settings = settings;
    this.events = events;
    this.clock = clock;
    this.elsewhere = elsewhere;
  }

  /** Other waits apply to the plays that begin from now on. */
  public void change(FillSettings changed) {
    settings = changed;
  }

  /**
   * Returns the response to a GET or HEAD that needs no wait. Does not block; the caller sends the
   * response and ends it. Empty for all other requests, which {@link #play} handles.
   */
  public Optional<Ready> ready(Request request, Link link) {
    Title title = store.titleIfOpen(link.key()).orElse(null);
    if (title == null) {
      return Optional.empty();
    }
    Optional<Ready> ready =
        concernsRevalidation(request, title)
            ? Optional.empty()
            : Ready.of(request, link, title, events, clock);
    if (ready.isPresent()) {
      events.accept(new PlaybackEvent.Started(request, link, () -> 0));
    } else {
      title.close();
    }
    return ready;
  }

  /** Opens the title, which may begin with the file of an old cache; the caller closes it. */
  private Title title(Link link) {
    Title title = store.title(link.key());
    Optional<Generation> _ = fills.adopt(title, link);
    return title;
  }

  /** Whether the request needs more than sending what is stored. */
  private boolean concernsRevalidation(Request request, Title title) {
    Generation generation = title.generation().orElse(null);
    return generation != null
        && fills.revalidation().concerns(title, generation, request.isReload(), clock.millis());
  }

  /**
   * Responds to one GET or HEAD. Blocks its virtual thread until the player has everything or has
   * left.
   *
   * @param refuser responds when the title is not played
   */
  public void play(Exchange exchange, Asked asked, Refuser refuser) throws ClientGone, Unreadable {
    if (!isElsewhere(exchange.request(), asked.link())) {
      playHere(exchange, asked, refuser);
      return;
    }
    switch (elsewhere.play(exchange, asked)) {
      case Elsewhere.Outcome.Answered _ -> {}
      case Elsewhere.Outcome.Here _ -> playHere(exchange, asked, refuser);
      case Elsewhere.Outcome.Refused(Failure failure) ->
          refuser.answer(exchange, new Ended.Refused(failure));
    }
  }

  /** A complete title is played here; a request that another node has passed on goes no further. */
  private boolean isElsewhere(Request request, Link link) {
    if (request.relayed().isPresent() || !elsewhere.concerns(link)) {
      return false;
    }
    try (Title title = title(link)) {
      return title.generation().filter(Generation::isComplete).isEmpty();
    }
  }

  private void playHere(Exchange exchange, Asked asked, Refuser refuser)
      throws ClientGone, Unreadable {
    events.accept(new PlaybackEvent.Started(exchange.request(), asked.link(), exchange::sent));
    Patience patience = new Patience(waits, settings, exchange.request(), asked);
    Playback playback =
        new Playback(
            exchange,
            asked,
            () -> title(asked.link()),
            fills::demand,
            fills.revalidation(),
            patience,
            clock);
    Ended ended = new Ended.Cut(INTERNAL_ERROR);
    PlaybackRecord record;
    try {
      ended = playback.run();
    } finally {
      // Also when a bug ends the playback: otherwise it would count as active until the restart.
      record = playback.record(ended);
      events.accept(new PlaybackEvent.Finished(record));
    }
    if (ended instanceof Ended.Unanswered why) {
      StatusWatch watch =
          new StatusWatch(
              exchange,
              status -> events.accept(new PlaybackEvent.Refused(record.withStatus(status))));
      try {
        refuser.answer(watch, why);
      } finally {
        watch.over();
      }
    }
  }
}
