package streamcache.store;

import streamcache.event.Event;
import streamcache.link.TitleKey;

/** What happens to the store; published on a thread of its own. */
public sealed interface StoreEvent extends Event {

  /** Bytes of a title were evicted to free space. */
  record Evicted(TitleKey title, long bytes) implements StoreEvent {}

  /** Writes fail from now on; published once until {@link Recovered}. */
  record Failed(StoreException.Cause cause, String sentence) implements StoreEvent {}

  /** Writes succeed again. */
  record Recovered() implements StoreEvent {}

  /**
   * The limit refuses bytes and nothing can be evicted: everything is open or kept. Published at
   * most every 10 minutes.
   */
  record AtLimit() implements StoreEvent {}

  /** Part of a title could not be trusted and was turned into holes. */
  record Invalidated(TitleKey title, long bytes, String reason) implements StoreEvent {}
}
