package streamcache.origin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import streamcache.link.TitleKey;

/**
 * Remembers where redirects led and which cookies were set, per title. In memory only, since a
 * cookie is as good as a password while it lasts; bounded. Any thread; the lock is held only for a
 * map operation.
 */
final class Resolutions {

  private static final int MOST_TITLES = 4096;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TitleKey, Resolved> byTitle = new LinkedHashMap<>(16, 0.75f, true);

  /** What is remembered of a title; its target may no longer be reusable. */
  Optional<Resolved> find(TitleKey key) {
    lock.lock();
    try {
      return Optional.ofNullable(byTitle.get(key));
    } finally {
      lock.unlock();
    }
  }

  void remember(TitleKey key, Resolved resolved) {
    lock.lock();
    try {
      byTitle.put(key, resolved);
      if (byTitle.size() > MOST_TITLES) {
        byTitle.remove(byTitle.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  void servedAgain(TitleKey key, Resolved resolved, List<Cookie> cookies) {
    lock.lock();
    try {
      byTitle.replace(key, resolved, resolved.servedAgain(cookies));
    } finally {
      lock.unlock();
    }
  }

  /** Removes only this value: another thread may have stored a newer one meanwhile. */
  void forget(TitleKey key, Resolved resolved) {
    lock.lock();
    try {
      byTitle.remove(key, resolved);
    } finally {
      lock.unlock();
    }
  }
}
