package streamcache.admin;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Counts the wrong tokens of each address, and closes the API to an address that has sent five
 * within a minute. Any thread; the lock is never held over a call to others.
 */
final class AttemptLimit {

  private static final int MOST_FAILURES = 5;

  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Beyond this many addresses, the one whose minute began first is forgotten. */
  private static final int MOST_ADDRESSES = 10_000;

  /**
   * @param since when the first of them was counted, in monotonic nanoseconds
   */
  private record Failures(long since, int count) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier nanos;

  /** Guarded by the lock; oldest first. */
  private final Map<InetAddress, Failures> failures = new LinkedHashMap<>();

  /**
   * @param nanos the monotonic clock
   */
  AttemptLimit(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** How long the address has to wait; zero when it may try. */
  Duration rest(InetAddress address) {
    long now = nanos.getAsLong();
    lock.lock();
    try {
      Failures known = failures.get(address);
      if (known == null || known.count() < MOST_FAILURES) {
        return Duration.ZERO;
      }
      Duration rest = WINDOW.minusNanos(now - known.since());
      return rest.isPositive() ? rest : Duration.ZERO;
    } finally {
      lock.unlock();
    }
  }

  /** The address has sent a wrong token. */
  void failed(InetAddress address) {
    long now = nanos.getAsLong();
    lock.lock();
    try {
      Failures known = failures.get(address);
      if (known != null && now - known.since() < WINDOW.toNanos()) {
        failures.put(address, new Failures(known.since(), known.count() + 1));
        return;
      }
      failures.remove(address);
      failures.put(address, new Failures(now, 1));
      if (failures.size() > MOST_ADDRESSES) {
        failures.remove(failures.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }
}
