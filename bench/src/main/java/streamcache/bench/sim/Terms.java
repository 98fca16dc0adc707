package streamcache.bench.sim;

import java.time.Duration;

/**
 * What a provider grants an account.
 *
 * @param connections at once
 * @param firstByte seconds from opening a connection to its first byte
 * @param rate bytes a second of one connection
 * @param coolDown seconds for which a closed connection still counts
 */
record Terms(int connections, double firstByte, double rate, double coolDown) {

  static final double MEGABYTE = 1e6;

  /** The bitrate of every film here. */
  static final double BITRATE = MEGABYTE;

  /** Seconds, as usual for a provider behind a redirect. */
  private static final double FIRST_BYTE = 0.8;

  /**
   * @param line bandwidth of a connection in multiples of the bitrate
   */
  static Terms of(int connections, double line, double coolDown) {
    return new Terms(connections, FIRST_BYTE, line * BITRATE, coolDown);
  }

  static final long TOTAL = 3_000_000_000L;

  /** The playing time in the heads of the films. */
  static final Duration PLAYING_TIME = Duration.ofSeconds((long) (TOTAL / BITRATE));
}
