package streamcache.playback;

import java.time.Duration;
import streamcache.fill.Ending;
import streamcache.fill.FillListener;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;

/** A listener that ignores all fetches. */
class FillSilence implements FillListener {

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
}
