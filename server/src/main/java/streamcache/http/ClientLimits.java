package streamcache.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import streamcache.settings.ClientSettings;

/**
 * Limits each client's concurrent streams and new titles a minute. Any thread, no locks.
 *
 * <p>Memory does not grow with the number of addresses: clients share slots by a hash that is
 * unpredictable from outside, and all addresses of one IPv6 line (a /64) are one client. Two
 * clients in one slot share one allowance, which is far more than either needs.
 */
final class ClientLimits {

  private static final int SLOTS = 4096;

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private volatile ClientSettings settings;
  private final LongSupplier nanos;
  private final long begun;
  private final int seed = ThreadLocalRandom.current().nextInt();
  private final AtomicIntegerArray streams = new AtomicIntegerArray(SLOTS);

  /**
   * The time up to which the titles begun so far use up the allowance, in nanoseconds since the
   * start. A title that would move it more than a minute ahead is refused.
   */
  private final AtomicLongArray titlesUntil = new AtomicLongArray(SLOTS);

  /**
   * @param nanos a monotonic clock
   */
  ClientLimits(ClientSettings settings, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /** Other limits apply from now on. */
  void change(ClientSettings changed) {
    settings = changed;
  }

  /** Takes a stream, which must be returned by {@link #leave}; false when none is left. */
  boolean enter(InetAddress client) {
    int slot = slot(client);
    int taken = streams.incrementAndGet(slot);
    int most = settings.streams();
    if (most == 0 || taken <= most) {
      return true;
    }
    streams.decrementAndGet(slot);
    return false;
  }

  void leave(InetAddress client) {
    streams.decrementAndGet(slot(client));
  }

  /** Takes a new title; false when the client has used up its allowance for this minute. */
  boolean mayBeginTitle(InetAddress client) {
    int most = settings.newTitles();
    if (most == 0) {
      return true;
    }
    int slot = slot(client);
    long now = nanos.getAsLong() - begun;
    while (true) {
      long before = titlesUntil.get(slot);
      long after = Math.max(before, now) + MINUTE / most;
      if (after - now > MINUTE) {
        return false;
      }
      if (titlesUntil.compareAndSet(slot, before, after)) {
        return true;
      }
    }
  }

  private int slot(InetAddress client) {
    int hash = seed;
    for (byte part : Peer.line(client).getAddress()) {
      hash = (hash ^ part) * 0x9E3779B1;
      hash ^= hash >>> 15;
    }
    return Math.floorMod(hash, SLOTS);
  }
}
