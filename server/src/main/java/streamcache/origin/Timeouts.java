package streamcache.origin;

import java.time.Duration;

/**
 * How long the network may take. There is no limit on a whole exchange: films take hours.
 *
 * @param lookUp to look up the addresses of a host
 * @param connect to connect to a host, for all its addresses together, and again for the TLS
 *     handshake
 * @param firstByte from the request to the first byte of the head, and from there to the first byte
 *     of the body: a provider may have to fetch the file first, or to spin up its disk
 * @param read between two bytes of a body that can be resumed; more is a stall, and treated as a
 *     cut connection
 * @param readToTheEnd the same for a body that cannot be resumed, where a cut would lose everything
 * @param idle how long an unused connection is kept: long enough for a player's next range, and
 *     short enough not to occupy the provider's limit
 * @param open from the request to the first bytes of a good response, all redirects included: more
 *     than any single step may take
 */
record Timeouts(
    Duration lookUp,
    Duration connect,
    Duration firstByte,
    Duration read,
    Duration readToTheEnd,
    Duration idle,
    Duration open) {

  /** ExoPlayer waits 8 s for a response; a provider that has not accepted by 5 s will not. */
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private static final Duration LOOK_UP = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(10);
  private static final Duration READ_TO_THE_END = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** Returns the time-outs for the configured time to the first byte. */
  static Timeouts of(Duration firstByte) {
    Duration handshake = CONNECT;
    Duration open = LOOK_UP.plus(CONNECT).plus(handshake).plus(firstByte);
    return new Timeouts(LOOK_UP, CONNECT, firstByte, READ, READ_TO_THE_END, IDLE, open);
  }

  /** The time-out between two bytes of a body. */
  Duration betweenBytes(boolean isResumable) {
    return isResumable ? read : readToTheEnd;
  }
}
