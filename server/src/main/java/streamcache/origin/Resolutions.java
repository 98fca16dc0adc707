package streamcache.origin;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import streamcache.link.TitleKey;

/**
 * Remembers where redirects led, per title. In memory, bounded. Any thread; the lock is held only
 * for a map operation.
 */
final class Resolutions {

  private static final int MOST_TITLES = 4096;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TitleKey, Resolved> byTitle = new LinkedHashMap<>(16, 0.75f, true);

  Optional<Resolved> find(TitleKey key, Instant now) {
    lock.lock();
    try {
      Resolved found = byTitle.get(key);
      if (found != null && !now.isBefore(found.until())) {
        byTitle.remove(key);
        return Optional.empty();
      }
      return Optional.ofNullable(found);
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

  void servedAgain(TitleKey key, Resolved resolved) {
    lock.lock();
    try {
      byTitle.replace(key, resolved, resolved.servedAgain());
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
