package streamcache.cli;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.link.AccountId;
import streamcache.origin.Fetch;
import streamcache.origin.HttpOrigin;
import streamcache.origin.OriginException;
import streamcache.origin.ProviderProfiles;
import streamcache.origin.RangeRates;
import streamcache.origin.Upstream;

/**
 * Compares an open range with a short closed one: first the open one, and the closed one only if
 * that was slow. So at most two short requests are made, one after the other; the first uses the
 * connection of the request before it, if that was read to its end. In this order, an account that
 * may be fast for a moment only cannot seem to throttle open ranges.
 *
 * @param origin measures into {@code profiles}
 * @param profiles are empty at the beginning
 */
record ThrottleCheck(HttpOrigin origin, ProviderProfiles profiles) {

  /** A shorter file may be a clip in place of a film. */
  static final long LEAST_FILE = 16L << 20;

  private static final long CLOSED_BYTES = 1L << 20;

  /** By then, the closed range is not many times faster than an open one that is too slow. */
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);

  /**
   * Blocks for some seconds.
   *
   * @param before a request that succeeded
   * @return empty unless only open ranges are slow
   * @throws OriginException if a request fails, which says nothing about ranges: a provider may
   *     still count the connection of the first
   */
  Optional<RangeRates> compare(Fetch before) throws OriginException {
    AccountId account = before.link().account();
    long start = before.end().orElseThrow();
    try (Upstream open = origin.open(part(before, start, OptionalLong.empty()))) {
      ByteBuffer buffer = ByteBuffer.allocate(Upstream.MOST_A_READ);
      while (profiles.of(account).rangeRates().open() == 0 && open.read(buffer) >= 0) {
        buffer.clear();
      }
    }
    if (profiles.of(account).rangeRates().isOpenSlow()) {
      OptionalLong end = OptionalLong.of(start + CLOSED_BYTES);
      try (Upstream closed = origin.open(part(before, start, end))) {
        drain(closed);
      }
    }
    return Optional.of(profiles.of(account).rangeRates()).filter(RangeRates::isContrast);
  }

  /** Reads to the end, unless that takes too long. */
  static void drain(Upstream upstream) throws OriginException {
    ByteBuffer buffer = ByteBuffer.allocate(Upstream.MOST_A_READ);
    long until = System.nanoTime() + CLOSED_WITHIN.toNanos();
    while (upstream.read(buffer) >= 0 && System.nanoTime() - until < 0) {
      buffer.clear();
    }
  }

  private static Fetch part(Fetch before, long start, OptionalLong end) {
    return new Fetch(
        before.link(), start, end, Optional.empty(), before.playerHeaders(), before.isTrusted());
  }
}
