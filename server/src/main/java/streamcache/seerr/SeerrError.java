package streamcache.seerr;

import java.time.Duration;

/** Why Seerr did not do what it was asked to; the words are for people and free of secrets. */
sealed interface SeerrError {

  String words();

  /** No call works at present: Seerr is unreachable, unwell, or does not know the user. */
  record Trouble(String words) implements SeerrError {}

  /** This call fails now, but may succeed later. */
  record Later(String words, Duration atLeast) implements SeerrError {}

  /** This call fails, and a retry will not help. */
  record Refused(String words) implements SeerrError {}
}
