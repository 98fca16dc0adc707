package streamcache.playback;

import java.util.function.LongSupplier;
import streamcache.event.Event;
import streamcache.link.Link;

/**
 * What happens to a playback. Published on the playback's thread or, for a {@link Ready} response,
 * on an event loop.
 */
public sealed interface PlaybackEvent extends Event {

  /**
   * A playback has begun.
   *
   * @param sent the body bytes that the system has taken so far; for any thread
   */
  record Started(Request request, Link link, LongSupplier sent) implements PlaybackEvent {}

  /** A playback is over; published once for each {@link Started}. */
  record Finished(PlaybackRecord playback) implements PlaybackEvent {}

  /**
   * The error response for a playback that ended {@link Ended.Unanswered} begins. Published after
   * {@link Finished}.
   *
   * @param playback with the status that was sent; 0 when the client left before
   */
  record Refused(PlaybackRecord playback) implements PlaybackEvent {}
}
