package streamcache.origin;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import streamcache.link.TitleKey;

/**
 * Remembers where redirects led, per title, and which providers hand out addresses that work only
 * once. In memory, bounded; any thread, the lock is held for a look only.
 */
final class Resolutions {

  private static final int MOST_TITLES = 4096;
  private static final int MOST_HOSTS = 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TitleKey, Resolved> byTitle = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<String> oneTimeHosts = new LinkedHashSet<>();

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

  /**
   * @param host of the link, the one who hands out addresses
   */
  void remember(TitleKey key, String host, Resolved resolved) {
    lock.lock();
    try {
      if (oneTimeHosts.contains(host)) {
        return;
      }
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

  /** Only this very one: another thread may have found a better one meanwhile. */
  void forget(TitleKey key, Resolved resolved) {
    lock.lock();
    try {
      byTitle.remove(key, resolved);
    } finally {
      lock.unlock();
    }
  }

  /** This provider's addresses work once: none of them is remembered from now on. */
  void learnOneTime(String host) {
    lock.lock();
    try {
      oneTimeHosts.add(host);
      if (oneTimeHosts.size() > MOST_HOSTS) {
        oneTimeHosts.remove(oneTimeHosts.iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }
}
