package streamcache.store;

import streamcache.link.TitleKey;

/** Receives the events of the store. Called without a lock held; must not block. */
public interface StoreListener {

  /** Bytes of a title were evicted to free space. */
  void evicted(TitleKey key, long bytes);

  /** Writes fail from now on; called once until {@link #healed}. */
  void trouble(StoreException.Cause cause, String sentence);

  /** Writes succeed again. */
  void healed();

  /**
   * The limit refuses bytes and nothing can be evicted: everything is open or kept. Called at most
   * every 10 minutes.
   */
  void atLimit();

  /** Part of a title could not be trusted and was turned into holes. */
  void distrusted(TitleKey key, long bytes, String reason);
}
