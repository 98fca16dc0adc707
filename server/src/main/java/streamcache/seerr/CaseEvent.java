package streamcache.seerr;

import java.time.Instant;
import streamcache.link.TitleKey;

/** What this package receives from the others, with all the data that it needs. */
sealed interface CaseEvent {

  TitleKey key();

  Instant at();

  /**
   * A title could not be played.
   *
   * @param name the name of the title for people
   * @param host the host of the provider, without secrets
   * @param label the label of the cause
   * @param headline what happened, in a few words
   * @param requestId identifies the request in the log
   */
  record Failed(
      TitleKey key,
      Instant at,
      Evidence evidence,
      MediaIdentity work,
      String name,
      String host,
      String label,
      String headline,
      String requestId)
      implements CaseEvent {}

  /** The provider has sent bytes of a title. */
  record Plays(TitleKey key, Instant at) implements CaseEvent {}
}
