package streamcache.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All open connections of a {@link Listener}, until both their socket is closed and their handler
 * has returned. Called by event loops and by whoever stops the listener.
 */
final class Connections {

  /** Guards all fields; never held while a connection is called. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition emptied = lock.newCondition();
  private final Set<Connection> open = new HashSet<>();
  private boolean draining;

  /** False when no new connection is wanted any more. */
  boolean add(Connection connection) {
    lock.lock();
    try {
      return !draining && open.add(connection);
    } finally {
      lock.unlock();
    }
  }

  void remove(Connection connection) {
    lock.lock();
    try {
      open.remove(connection);
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
