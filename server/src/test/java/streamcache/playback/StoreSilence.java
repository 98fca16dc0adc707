package streamcache.playback;

import streamcache.link.TitleKey;
import streamcache.store.StoreException;
import streamcache.store.StoreListener;

/** A listener that ignores all store events. */
final class StoreSilence implements StoreListener {

  @Override
  public void evicted(TitleKey key, long bytes) {}

  @Override
  public void trouble(StoreException.Cause cause, String sentence) {}

  @Override
  public void healed() {}

  @Override
  public void atLimit() {}

  @Override
  public void distrusted(TitleKey key, long bytes, String reason) {}
}
