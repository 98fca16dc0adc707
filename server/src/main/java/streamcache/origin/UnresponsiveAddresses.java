package streamcache.origin;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * The addresses that lately refused a connection or were silent. They are tried after all others,
 * never left out: an address that has recovered works at once where no other does. Any thread; no
 * I/O.
 */
final class UnresponsiveAddresses {

  /** Hosts that fail over come back within minutes; asking sooner costs every connect a delay. */
  static final Duration REMEMBERED = Duration.ofMinutes(10);

  /** Links may name any number of hosts. */
  private static final int MOST = 1000;

  private final LongSupplier clock;
  private final ConcurrentMap<InetSocketAddress, Long> until = new ConcurrentHashMap<>();

  /**
   * @param clock monotonic nanoseconds
   */
  UnresponsiveAddresses(LongSupplier clock) {
    this.clock = clock;
  }

  void add(InetSocketAddress address) {
    long now = clock.getAsLong();
    if (until.size() >= MOST) {
      until.values().removeIf(end -> end - now <= 0);
    }
    if (until.size() < MOST) {
      until.put(address, now + REMEMBERED.toNanos());
    }
  }

  void remove(InetSocketAddress address) {
    until.remove(address);
  }

  /** The same addresses in the same order, but for the unresponsive ones, which come last. */
  List<InetSocketAddress> last(List<InetSocketAddress> addresses) {
    List<InetSocketAddress> sorted = new ArrayList<>(addresses);
    sorted.removeIf(this::contains);
    addresses.stream().filter(address -> !sorted.contains(address)).forEach(sorted::add);
    return sorted;
  }

  private boolean contains(InetSocketAddress address) {
    Long end = until.get(address);
    return end != null && end - clock.getAsLong() > 0;
  }
}
