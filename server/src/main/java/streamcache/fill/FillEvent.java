package streamcache.fill;

import java.time.Duration;
import java.util.Optional;
import streamcache.event.Event;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.schedule.FetchPurpose;

/** What happens to connections and to the titles that they fill. */
public sealed interface FillEvent extends Event {

  TitleKey title();

  /**
   * A provider sent the first bytes of a response.
   *
   * @param start offset of the first byte
   * @param purpose what it was opened for
   * @param firstByte time from the start of the connection to its first body byte
   * @param request the id of the player's request that caused it; empty if nobody waits
   */
  record ConnectionOpened(
      TitleKey title,
      AccountId account,
      long start,
      FetchPurpose purpose,
      Duration firstByte,
      String request)
      implements FillEvent {

    /** The purpose as it is written, for a log that knows nothing of accounts. */
    public String purposeWord() {
      return purpose.word();
    }
  }

  /**
   * A connection has ended.
   *
   * @param start offset of the first byte that was requested
   * @param purpose what it was opened for
   * @param bytes body bytes read from the provider
   * @param stored how many of them were new to the store
   * @param isLive whether they were those of a broadcast, which is not stored
   * @param answered whether {@link ConnectionOpened} was published for it
   * @param request the id of the player's request that caused it; empty if nobody waits
   */
  record ConnectionClosed(
      TitleKey title,
      AccountId account,
      long start,
      FetchPurpose purpose,
      long bytes,
      long stored,
      boolean isLive,
      boolean answered,
      Ending ending,
      String request)
      implements FillEvent {}

  /**
   * Bytes of the title were taken from the store of another node instead of the provider.
   *
   * @param start offset of the first byte that was requested
   * @param bytes how many of them were new to the store
   * @param request the id of the player's request that caused it; empty if nobody waits
   */
  record TitleCopied(TitleKey title, AccountId account, long start, long bytes, String request)
      implements FillEvent {}

  /**
   * The connection of a single playback, whose bytes the store does not accept, has ended.
   *
   * @param start offset at which the player needed it
   * @param bytes body bytes from there on
   * @param failure empty if the provider had accepted it
   */
  record PassClosed(
      TitleKey title, AccountId account, long start, long bytes, Optional<Failure> failure)
      implements FillEvent {}

  /**
   * Every byte of the title is stored.
   *
   * @param total length in bytes
   */
  record TitleCompleted(TitleKey title, long total) implements FillEvent {}

  /** A check whether the provider still has the file of a complete title has ended. */
  record TitleChecked(TitleKey title, AccountId account, Checked outcome) implements FillEvent {}

  /** The title is given up for now; the players that wait for it get the failure. */
  record TitleFailed(TitleKey title, AccountId account, Failure failure) implements FillEvent {}
}
