package streamcache.webhook;

import java.time.Instant;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.store.StoreUsage;

/** What this package receives from the others, with all the data that it needs. */
sealed interface AlertEvent {

  Instant at();

  /**
   * A client asked for a title that the provider no longer has.
   *
   * @param name the name of the title for people
   * @param requestId identifies the request in the log
   */
  record Gone(TitleKey key, AccountId account, Instant at, String name, String requestId)
      implements AlertEvent {}

  /** A fill gave up on a title. */
  record Failed(TitleKey key, AccountId account, Instant at, Failure failure)
      implements AlertEvent {}

  /** A provider has sent bytes. */
  record Answered(AccountId account, Instant at) implements AlertEvent {}

  /**
   * The disk usage was read.
   *
   * @param isFull whether the store has just been refused space
   */
  record Disk(StoreUsage usage, boolean isFull, Instant at) implements AlertEvent {}
}
