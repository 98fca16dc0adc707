package streamcache.fill;

import java.time.Duration;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;

/** The events that fill publishes; called without a lock held, must not block. */
public interface FillListener {

  /**
   * A provider sent the first bytes of a response.
   *
   * @param firstByte time from the start of the connection to its first body byte
   */
  void opened(TitleKey title, AccountId account, long start, Duration firstByte);

  /**
   * A connection has ended.
   *
   * @param bytes body bytes read from the provider
   * @param stored how many of them were new to the store
   * @param answered whether {@link #opened} was called for it
   */
  void closed(
      TitleKey title, AccountId account, long bytes, long stored, boolean answered, Ending ending);

  /** Every byte of the title is stored. */
  void completed(TitleKey title, long total);

  /** A check whether the provider still has the file of a complete title has ended. */
  default void checked(TitleKey title, AccountId account, Checked outcome) {}

  /** The title is given up for now; the failure is reported to the players that wait for it. */
  void failed(TitleKey title, AccountId account, Failure failure);
}
