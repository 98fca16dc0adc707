package streamcache.playback;

import java.time.InstantSource;
import java.util.Optional;
import streamcache.fill.Fills;
import streamcache.link.Link;
import streamcache.settings.FillSettings;
import streamcache.store.Store;
import streamcache.store.Title;

/** The door of the room: plays links to exchanges. Safe from any thread. */
public final class Playbacks {

  private final Store store;
  private final Fills fills;
  private final FillSettings settings;
  private final PlaybackListener listener;
  private final InstantSource clock;

  public Playbacks(
      Store store,
      Fills fills,
      FillSettings settings,
      PlaybackListener listener,
      InstantSource clock) {
    this.store = store;
    this.fills = fills;
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * The answer to a GET or HEAD that waits for nobody. Does not block; whoever gets one sends and
   * ends it. Empty for all others, which {@link #play} answers.
   */
  public Optional<Ready> ready(Request request, Link link) {
    Title title = store.titleIfOpen(link.key()).orElse(null);
    if (title == null) {
      return Optional.empty();
    }
    Optional<Ready> ready = Ready.of(request, link, title, listener, clock);
    if (ready.isPresent()) {
      listener.started();
    } else {
      title.close();
    }
    return ready;
  }

  /**
   * Answers one GET or HEAD. Blocks its virtual thread until the player has everything or left.
   *
   * @return how it ended; for {@link Ended.Refused} and {@link Ended.NotBegun} nothing was sent and
   *     the caller answers
   */
  public Ended play(Exchange exchange, Asked asked) {
    listener.started();
    Playback playback = new Playback(exchange, asked, store, fills, settings, clock);
    Ended ended = playback.run();
    listener.ended(playback.record(ended));
    return ended;
  }
}
