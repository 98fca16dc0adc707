package streamcache.seerr;

import java.time.Instant;
import streamcache.link.TitleKey;

/** What this room hears from the others, with all it needs to know of it. */
sealed interface Event {

  TitleKey key();

  Instant at();

  /**
   * Somebody could not play a title.
   *
   * @param name as people see it
   * @param host of the provider, without secrets
   * @param label of the cause
   * @param headline what happened, in a few words
   * @param requestId names the request in the log
   */
  record Failed(
      TitleKey key,
      Instant at,
      Evidence evidence,
      Work work,
      String name,
      String host,
      String label,
      String headline,
      String requestId)
      implements Event {}

  /** The provider has brought bytes of a title. */
  record Plays(TitleKey key, Instant at) implements Event {}
}
