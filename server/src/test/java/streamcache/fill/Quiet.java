package streamcache.fill;

import java.time.Duration;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.store.StoreException;
import streamcache.store.StoreListener;

/** Ignores all events of fills and the store. */
class Quiet implements FillListener, StoreListener {

  @Override
  public void opened(TitleKey title, AccountId account, long start, Duration firstByte) {}

  @Override
  public void closed(
      TitleKey title,
      AccountId account,
      long bytes,
      long stored,
      boolean answered,
      Ending ending) {}

  @Override
  public void completed(TitleKey title, long total) {}

  @Override
  public void failed(TitleKey title, AccountId account, Failure failure) {}

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
