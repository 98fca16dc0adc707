package streamcache.origin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.HttpRoute;
import streamcache.link.AccountId;

/**
 * Tracks the idle connections in the pool by account. A provider counts them like those in use, so
 * an idle connection is reused or closed before another of its account is opened. There are then
 * never more connections than were in use at once. Any thread; the lock is held only for a map
 * operation.
 */
final class IdleConnections {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<AccountId, Deque<HttpRoute>> waiting = new HashMap<>();

  /** Records that a connection of this account is about to become idle. */
  void left(AccountId account, HttpRoute route) {
    lock.lock();
    try {
      waiting.computeIfAbsent(account, _ -> new ArrayDeque<>()).add(route);
    } finally {
      lock.unlock();
    }
  }

  /** Removes a connection to one of the routes; the caller uses it. */
  Optional<HttpRoute> take(AccountId account, List<HttpRoute> wanted) {
    lock.lock();
    try {
      Deque<HttpRoute> routes = waiting.getOrDefault(account, new ArrayDeque<>());
      Optional<HttpRoute> found = routes.stream().filter(wanted::contains).findFirst();
      found.ifPresent(routes::removeFirstOccurrence);
      if (routes.isEmpty()) {
        waiting.remove(account);
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Removes the connection that has been idle longest; the caller closes it. */
  Optional<HttpRoute> oldest(AccountId account) {
    lock.lock();
    try {
      Deque<HttpRoute> routes = waiting.get(account);
      if (routes == null) {
        return Optional.empty();
      }
      HttpRoute oldest = routes.removeFirst();
      if (routes.isEmpty()) {
        waiting.remove(account);
      }
      return Optional.of(oldest);
    } finally {
      lock.unlock();
    }
  }
}
