package streamcache.playback;

import java.time.InstantSource;
import streamcache.fill.Fills;
import streamcache.link.Link;
import streamcache.settings.FillSettings;
import streamcache.store.Store;

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
   * Answers one GET or HEAD. Blocks its virtual thread until the player has everything or left.
   *
   * @return how it ended; for {@link Ended.Refused} nothing was sent and the caller answers
   */
  public Ended play(Exchange exchange, Link link) {
    listener.started();
    Playback playback = new Playback(exchange, link, store, fills, settings, clock);
    Ended ended = playback.run();
    listener.ended(playback.record(ended));
    return ended;
  }
}
