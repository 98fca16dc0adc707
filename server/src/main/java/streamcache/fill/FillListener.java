package streamcache.fill;

import java.time.Duration;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;

/** What fill publishes; called without a lock held, must not block. */
public interface FillListener {

  /**
   * A provider answered.
   *
   * @param firstByte from the request to its first body byte
   */
  void opened(TitleKey title, AccountId account, long start, Duration firstByte);

  /**
   * A connection is over.
   *
   * @param bytes body bytes read from the provider
   * @param stored how many of them were new to the store
   * @param answered whether {@link #opened} was told of it
   */
  void closed(
      TitleKey title, AccountId account, long bytes, long stored, boolean answered, Ending ending);

  /** Every byte of the title is there. */
  void completed(TitleKey title, long total);

  /** The title is given up for a moment; whoever waits for it is told. */
  void failed(TitleKey title, AccountId account, Failure failure);
}
