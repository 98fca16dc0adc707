package streamcache.cluster;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Accepts each ticket once, and only while it is young. Any thread. */
final class SpentTickets {

  /** Bounds the memory: of more than this many within two minutes, the oldest could be reused. */
  private static final int MOST = 1 << 16;

  private final InstantSource clock;

  /** Guards the two fields below; held for a map access. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Deque<RelayTicket> inOrder = new ArrayDeque<>();
  private final Set<Long> nonces = new HashSet<>();

  SpentTickets(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether the ticket is good; it is spent then. */
  boolean accept(RelayTicket ticket) {
    long now = clock.millis();
    long skew = RelayTicket.SKEW.toMillis();
    if (Math.abs(now - ticket.time()) > skew) {
      return false;
    }
    lock.lock();
    try {
      while (!inOrder.isEmpty()
          && (inOrder.size() >= MOST || now - inOrder.getFirst().time() > 2 * skew)) {
        nonces.remove(inOrder.removeFirst().nonce());
      }
      if (!nonces.add(ticket.nonce())) {
        return false;
      }
      inOrder.addLast(ticket);
      return true;
    } finally {
      lock.unlock();
    }
  }
}
