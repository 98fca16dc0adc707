package streamcache.store;

import streamcache.link.TitleKey;

/** What the store publishes; called without a lock held, must not block. */
public interface StoreListener {

  /** Bytes of a title were given up for space. */
  void evicted(TitleKey key, long bytes);

  /** Writes fail from now on; published once until {@link #healed}. */
  void trouble(StoreException.Cause cause, String sentence);

  /** Writes succeed again. */
  void healed();

  /**
   * The limit refuses bytes and nothing may be given up: all is open, kept, or was read a moment
   * ago. Told once in a while.
   */
  void atLimit();

  /** Part of a title could not be trusted and became holes. */
  void distrusted(TitleKey key, long bytes, String reason);
}
