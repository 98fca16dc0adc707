package streamcache.seerr;

import java.time.Duration;

/** Why Seerr did not do what it was asked; the words are for people and free of secrets. */
sealed interface Snag {

  String words();

  /** Nothing can be asked at present: it is not there, not well, or does not know us. */
  record Trouble(String words) implements Snag {}

  /** This cannot be had now, but perhaps later. */
  record Later(String words, Duration atLeast) implements Snag {}

  /** This cannot be had, and asking again will not help. */
  record Refused(String words) implements Snag {}
}
