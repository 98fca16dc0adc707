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
 * All open connections of a {@link Listener}, until both their socket is closed and their handler
 * has returned. Called by event loops and by whoever stops the listener.
 *
 * <p>When there are too many, the oldest of those that wait for a request makes room; when all are
 * busy, the oldest of the peer that has the most. So who plays is not disturbed by a crowd.
 */
final class Connections {

  /** Guards all fields; never held while a connection is called. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition emptied = lock.newCondition();
  private final int most;

  /** Oldest first. */
  private final Set<Connection> open = new LinkedHashSet<>();

  /** Those that make room, until they are gone. */
  private final Set<Connection> making = new HashSet<>();

  private boolean draining;

  Connections(int most) {
    this.most = most;
  }

  /** False when no new connection is wanted any more, or none can make room for it. */
  boolean add(Connection connection) {
    Optional<Connection> leaving;
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
    leaving.ifPresent(Connection::cut);
    return true;
  }

  private Optional<Connection> idle() {
    return open.stream().filter(each -> each.isIdle() && !making.contains(each)).findFirst();
  }

  private Optional<Connection> crowding(Connection newcomer) {
    Map<InetAddress, Integer> counts = new HashMap<>();
    open.forEach(each -> counts.merge(Peer.line(each.peer()), 1, Integer::sum));
    InetAddress crowd = Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    return open.stream()
        .filter(each -> Peer.line(each.peer()).equals(crowd) && !making.contains(each))
        .filter(_ -> !crowd.equals(Peer.line(newcomer.peer())))
        .findFirst();
  }

  void remove(Connection connection) {
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

  /** Lets every answer in work be the last one of its connection. */
  void drain() {
    refuseNewAndList().forEach(Connection::drain);
  }

  void cut() {
    refuseNewAndList().forEach(Connection::cut);
  }

  private List<Connection> refuseNewAndList() {
    lock.lock();
    try {
      draining = true;
      return List.copyOf(open);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the last connection ended within the time. */
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
