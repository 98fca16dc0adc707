package streamcache.webhook;

import java.time.Instant;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.store.StoreUsage;

/** What this room hears from the others, with all it needs to know of it. */
sealed interface Sighting {

  Instant at();

  /**
   * Somebody asked for a title that the provider no longer has.
   *
   * @param name as people see it
   * @param requestId names the request in the log
   */
  record Gone(TitleKey key, AccountId account, Instant at, String name, String requestId)
      implements Sighting {}

  /** A fetch was given up. */
  record Failed(TitleKey key, AccountId account, Instant at, Failure failure) implements Sighting {}

  /** A provider has brought bytes. */
  record Answered(AccountId account, Instant at) implements Sighting {}

  /**
   * The disk was looked at.
   *
   * @param isFull whether the store has just been refused space
   */
  record Disk(StoreUsage usage, boolean isFull, Instant at) implements Sighting {}
}
