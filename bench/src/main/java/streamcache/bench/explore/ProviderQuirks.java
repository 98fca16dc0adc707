package streamcache.bench.explore;

import java.util.Random;

/**
 * What public bug reports tell of providers, in addition to {@link ProviderTraits}.
 *
 * @param otherValidators whether each response has other validators, for the same bytes
 * @param othersEvery seconds for which somebody uses one of the connections under another host name
 *     of the account, and then as long does not; 0: nobody does
 * @param busyFor seconds that a busy response asks to wait, under any status that may mean it; 0: a
 *     503 that says nothing
 * @param slowShare of its responses whose first byte takes as long as it takes to fetch a film from
 *     elsewhere
 * @param lingersLonger seconds for which it counts a closed connection, in addition; longer than
 *     players wait for a connection
 */
record ProviderQuirks(
    boolean otherValidators,
    double othersEvery,
    double busyFor,
    double slowShare,
    double lingersLonger) {

  static final ProviderQuirks NONE = new ProviderQuirks(false, 0, 0, 0, 0);

  /** Seconds. With the linger of {@link ProviderTraits}, up to half a minute. */
  private static final double LONGEST_LINGER = 24;

  /** Each is drawn independently, so several rarely occur together. */
  static ProviderQuirks drawn(Random random) {
    return new ProviderQuirks(
        random.nextInt(4) == 0,
        random.nextInt(8) == 0 ? 5 + random.nextDouble() * 60 : 0,
        random.nextInt(4) == 0 ? 1 + random.nextInt(10) : 0,
        random.nextInt(8) == 0 ? 0.3 * random.nextDouble() : 0,
        // Drawn last, so that older seeds keep the rest.
        random.nextInt(4) == 0 ? LONGEST_LINGER * random.nextDouble() : 0);
  }

  /** Whether somebody else uses a connection of the account. */
  boolean isUsedElsewhere(double now) {
    return othersEvery > 0 && (long) (now / othersEvery) % 2 == 1;
  }

  /** Those that are no fault. */
  ProviderQuirks well() {
    return new ProviderQuirks(otherValidators, 0, 0, 0, lingersLonger);
  }
}
