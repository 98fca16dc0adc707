package streamcache.origin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.HttpRoute;
import streamcache.link.AccountId;

/**
 * Which connections wait in the pool for another request, by account. A provider counts them like
 * those in use, so one that waits is used again, or closed, before another of its account is
 * opened: then there are never more than were in use at once. Any thread; the lock is held for a
 * look only.
 */
final class IdleLines {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<AccountId, Deque<HttpRoute>> waiting = new HashMap<>();

  /** A connection of this account will be in the pool in a moment. */
  void left(AccountId account, HttpRoute route) {
    lock.lock();
    try {
      waiting.computeIfAbsent(account, _ -> new ArrayDeque<>()).add(route);
    } finally {
      lock.unlock();
    }
  }

  /** One of them is in use again, or gone. */
  void taken(AccountId account, HttpRoute route) {
    lock.lock();
    try {
      Deque<HttpRoute> routes = waiting.get(account);
      if (routes != null && routes.removeFirstOccurrence(route) && routes.isEmpty()) {
        waiting.remove(account);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The one that has waited longest, no longer counted here; the caller closes it. */
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
