package streamcache.bench.sim;

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

  /** What every film here plays at. */
  static final double BITRATE = MEGABYTE;

  static final long TOTAL = 3_000_000_000L;
}
