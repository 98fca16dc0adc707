package streamcache.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All open connections of a {@link Listener}, each until its socket is closed and its handler has
 * returned. Called by event loops and by the thread that stops the listener.
 *
 * <p>At the limit, a new connection replaces the oldest one that waits for a request. If all are
 * busy, it replaces the oldest connection of the client address or IPv6 line (a /64) that has the
 * most, unless it comes from there itself. A crowd of connections thus does not disturb other
 * players.
 */
final class Connections {

  /** Guards all fields; never held while a connection is called. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition emptied = lock.newCondition();
  private final int most;

  /** Oldest first. */
  private final Set<ClientConnection> open = new LinkedHashSet<>();

  /** Connections that were cut to make room and are not gone yet. */
  private final Set<ClientConnection> making = new HashSet<>();

  private boolean draining;

  Connections(int most) {
    this.most = most;
  }

  /** False when the listener is draining, or no connection can make room for the new one. */
  boolean add(ClientConnection connection) {
    Optional<ClientConnection> leaving;
    lock.lock();
    try {
      boolean isFull = open.size() - making.size() >= most;
      leaving = isFull ? idle().or(() -> crowding(connection)) : Optional.empty();
      if (draining || (isFull && leaving.isEmpty())) {
        return false;
      }
      leaving.ifPresent(making::add);
      open.add(connection);
    } finally {
      lock.unlock();
    }
    leaving.ifPresent(ClientConnection::cut);
    return true;
  }

  private Optional<ClientConnection> idle() {
    return open.stream().filter(each -> each.isIdle() && !making.contains(each)).findFirst();
  }

  private Optional<ClientConnection> crowding(ClientConnection newcomer) {
    Map<InetAddress, Integer> counts = new HashMap<>();
    open.forEach(each -> counts.merge(Peer.line(each.peer()), 1, Integer::sum));
    InetAddress crowd = Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    return open.stream()
        .filter(each -> Peer.line(each.peer()).equals(crowd) && !making.contains(each))
        .filter(_ -> !crowd.equals(Peer.line(newcomer.peer())))
        .findFirst();
  }

  void remove(ClientConnection connection) {
    lock.lock();
    try {
      open.remove(connection);
      making.remove(connection);
      if (open.isEmpty()) {
        emptied.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  int count() {
    lock.lock();
    try {
      return open.size();
    } finally {
      lock.unlock();
    }
  }

  /** Makes every response in progress the last one of its connection. */
  void drain() {
    refuseNewAndList().forEach(ClientConnection::drain);
  }

  void cut() {
    refuseNewAndList().forEach(ClientConnection::cut);
  }

  private List<ClientConnection> refuseNewAndList() {
    lock.lock();
    try {
      draining = true;
      return List.copyOf(open);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until no connection is left; false when the time is over or the thread is interrupted.
   */
  boolean awaitNone(Duration within) {
    long left = within.toNanos();
    lock.lock();
    try {
      while (!open.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        left = emptied.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
