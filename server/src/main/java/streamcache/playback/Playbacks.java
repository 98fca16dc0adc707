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

  /** As the other form, for one who may be led into private networks. */
  public Ended play(Exchange exchange, Link link) {
    return play(exchange, link, /* isTrusted= */ true);
  }

  /**
   * Answers one GET or HEAD. Blocks its virtual thread until the player has everything or left.
   *
   * @param isTrusted whether whoever asks may be led into private networks
   * @return how it ended; for {@link Ended.Refused} nothing was sent and the caller answers
   */
  public Ended play(Exchange exchange, Link link, boolean isTrusted) {
    listener.started();
    Asked asked = new Asked(link, isTrusted);
    Playback playback = new Playback(exchange, asked, store, fills, settings, clock);
    Ended ended = playback.run();
    listener.ended(playback.record(ended));
    return ended;
  }
}
