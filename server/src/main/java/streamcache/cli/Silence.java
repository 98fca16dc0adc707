package streamcache.cli;

import streamcache.link.TitleKey;
import streamcache.store.StoreException;
import streamcache.store.StoreListener;

/** Ignores the events of the store: the doctor command prints its own findings. */
final class Silence implements StoreListener {

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
