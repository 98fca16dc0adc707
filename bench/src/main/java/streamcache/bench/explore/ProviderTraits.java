package streamcache.bench.explore;

import java.util.Random;

/**
 * How a provider behaves.
 *
 * @param quirks what else it does
 * @param connections it allows at once
 * @param linger seconds for which it counts a closed connection
 * @param killsOlder whether a connection over the limit ends the oldest one instead of being
 *     refused
 * @param refusal its response to a connection over the limit
 * @param ranges whether it supports ranges
 * @param rangeRefusal its response to any request with a Range, whatever the range is; 0: none
 * @param cutAt offset at which each response that reaches it is cut; 0: none
 * @param cap bytes after which a response ends; 0: none
 * @param busyShare of its responses that are 503, without a reason
 * @param silentShare of its responses that never begin
 * @param differsShare of its responses that are of another file than the stored one
 * @param firstByte seconds to the first byte
 * @param rate bytes a second of one connection
 */
record ProviderTraits(
    ProviderQuirks quirks,
    int connections,
    double linger,
    boolean killsOlder,
    int refusal,
    boolean ranges,
    int rangeRefusal,
    long cutAt,
    long cap,
    double busyShare,
    double silentShare,
    double differsShare,
    double firstByte,
    double rate) {

  /** Seconds; {@link ProviderQuirks} add to it. */
  private static final double LONGEST_LINGER = 6;

  private static final int[] REFUSALS = {429, 458, 509, 403, 503, 200, 404};

  private static final int[] RANGE_REFUSALS = {400, 403, 416, 500, 501, 503};

  /** One provider in this many refuses any request with a Range. */
  private static final int REFUSES_RANGES = 6;

  /** A cut before this byte is reached within seconds. */
  private static final long EARLY = 4_000_000;

  /** Each fault is drawn independently, so several faults rarely occur together. */
  static ProviderTraits drawn(Random random, long film) {
    return new ProviderTraits(
        ProviderQuirks.NONE,
        1 + random.nextInt(3),
        oneIn(random, 2) ? 0 : random.nextDouble() * LONGEST_LINGER,
        oneIn(random, 6),
        REFUSALS[random.nextInt(REFUSALS.length)],
        !oneIn(random, 6),
        /* rangeRefusal= */ 0,
        oneIn(random, 8) ? 1 + random.nextLong(film) : 0,
        oneIn(random, 8) ? 32_768L << random.nextInt(8) : 0,
        oneIn(random, 5) ? 0.3 * random.nextDouble() : 0,
        oneIn(random, 8) ? 0.2 * random.nextDouble() : 0,
        oneIn(random, 8) ? 0.2 * random.nextDouble() : 0,
        oneIn(random, 8) ? 13 : 0.05 + random.nextDouble(),
        5e5 * (1 + random.nextInt(20)));
  }

  private static boolean oneIn(Random random, int count) {
    return random.nextInt(count) == 0;
  }

  /**
   * Returns the same provider, or one that also refuses any request with a Range, or one without
   * ranges that cuts each response early, at the same byte.
   */
  ProviderTraits hinderingRanges(Random random) {
    int status = RANGE_REFUSALS[random.nextInt(RANGE_REFUSALS.length)];
    boolean refuses = oneIn(random, REFUSES_RANGES);
    // Two faults at once, which independent draws bring together too rarely to break a rule.
    boolean cutsEarly = !ranges && oneIn(random, 3);
    return new ProviderTraits(
        quirks,
        connections,
        linger,
        killsOlder,
        refusal,
        ranges,
        refuses ? status : 0,
        cutsEarly ? 1 + random.nextLong(EARLY) : cutAt,
        cap,
        busyShare,
        silentShare,
        differsShare,
        firstByte,
        rate);
  }

  ProviderTraits with(ProviderQuirks others) {
    return new ProviderTraits(
        others,
        connections,
        linger,
        killsOlder,
        refusal,
        ranges,
        rangeRefusal,
        cutAt,
        cap,
        busyShare,
        silentShare,
        differsShare,
        firstByte,
        rate);
  }

  /** Returns the same provider, sending nothing. */
  ProviderTraits down() {
    return new ProviderTraits(
        quirks,
        connections,
        linger,
        killsOlder,
        refusal,
        ranges,
        rangeRefusal,
        cutAt,
        cap,
        /* busyShare= */ 1,
        silentShare,
        differsShare,
        firstByte,
        rate);
  }

  /**
   * Returns the same provider without faults: it allows as many connections as before and sends
   * what is requested.
   */
  ProviderTraits well() {
    return new ProviderTraits(
        quirks.well(),
        connections,
        linger,
        false,
        429,
        ranges,
        rangeRefusal,
        0,
        0,
        0,
        0,
        0,
        Math.min(1, firstByte),
        20e6);
  }
}
