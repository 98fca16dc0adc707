package streamcache.origin;

import java.time.Duration;

/**
 * How long the network may take. There is no limit on a whole exchange: films take hours.
 *
 * @param lookUp for the addresses of a host's name
 * @param connect for all addresses of a host together, and once more for the TLS handshake
 * @param read between two bytes, also to the first one of the head; more is a stall
 * @param idle a connection that nobody needs is closed after this long: long enough for a player's
 *     next range, and over before it is missed in the provider's count
 * @param open from the question to the first bytes of a good answer, all redirects included: more
 *     than any step may take by itself
 */
record Timeouts(Duration lookUp, Duration connect, Duration read, Duration idle, Duration open) {

  /** ExoPlayer waits 8 s for an answer; a provider that has not accepted by 5 s will not. */
  static final Timeouts USUAL =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30));
}
