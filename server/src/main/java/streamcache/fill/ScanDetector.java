package streamcache.fill;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import streamcache.link.TitleKey;

/**
 * Distinguishes media servers that scan a library from viewers. A client scans when it opens and
 * leaves more than three titles within two minutes, each after less than half a minute. Owned by
 * {@link Fills} and shared by all accounts, since a library names many providers. Any thread.
 *
 * <p>It keeps only the last few brief visits of the most recent clients. Its lock is held for
 * microseconds. An account's lock may be held at that time; no lock is acquired under it.
 */
final class ScanDetector {

  /** More than {@link #MOST_LOOKS} titles opened and left within this time are a scan. */
  static final Duration WITHIN = Duration.ofMinutes(2);

  static final int MOST_LOOKS = 3;

  /**
   * A player that seeks closes one request before it makes the next; within this time it has not
   * left the title.
   */
  static final Duration SEEK = Duration.ofSeconds(10);

  /** Beyond this number, the client that has been quiet for the longest is forgotten. */
  static final int MOST_CLIENTS = 4096;

  /** The activity of one client. */
  private static final class Activity {
    private final Map<TitleKey, Visit> open = new HashMap<>();

    /** Brief visits that have ended, each of another title, the latest last. */
    private final Deque<Visit> looks = new ArrayDeque<>();

    /** Until when a new visit counts as part of a scan at first; monotonic nanoseconds. */
    private long scansUntil;

    Activity(long now) {
      scansUntil = now;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();

  /** The client that has been quiet for the longest comes first. */
  private final Map<ClientId, Activity> clients =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClientId, Activity> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  private volatile boolean completesScans;
  private final LongSupplier nanos;

  /**
   * @param completesScans whether scans count as viewing
   * @param nanos a monotonic clock
   */
  ScanDetector(boolean completesScans, LongSupplier nanos) {
    this.completesScans = completesScans;
    this.nanos = nanos;
  }

  /** Whether scans count as viewing from now on. */
  void change(boolean completes) {
    completesScans = completes;
  }

  /** The number of clients that are remembered. */
  int clients() {
    lock.lock();
    try {
      return clients.size();
    } finally {
      lock.unlock();
    }
  }

  long now() {
    return nanos.getAsLong();
  }

  /** A request of the client for the title begins; {@link Visit#leave} ends it. */
  Visit comes(ClientId id, TitleKey title) {
    lock.lock();
    try {
      long now = now();
      Activity activity = clients.computeIfAbsent(id, _ -> new Activity(now));
      Visit visit = activity.open.computeIfAbsent(title, _ -> visit(activity, id, title, now));
      visit.enter();
      return visit;
    } finally {
      lock.unlock();
    }
  }

  private Visit visit(Activity activity, ClientId id, TitleKey title, long now) {
    for (Visit look : activity.looks) {
      if (look.title().equals(title) && look.hasLeftSince(now - WITHIN.toNanos())) {
        activity.looks.remove(look);
        if (!look.hasLeftSince(now - SEEK.toNanos())) {
          look.restart(now);
        }
        return look;
      }
    }
    return new Visit(this, id, title, /* isOfScan= */ activity.scansUntil - now > 0, now);
  }

  void leaves(Visit visit) {
    lock.lock();
    try {
      long now = now();
      if (!visit.exit(now)) {
        return;
      }
      // A client forgotten in the meantime starts over with this visit.
      Activity activity = clients.computeIfAbsent(visit.client(), _ -> new Activity(now));
      activity.open.remove(visit.title(), visit);
      if (visit.lasts(now)) {
        visit.ofScan(false);
        return;
      }
      activity.looks.addLast(visit);
      if (activity.looks.size() > MOST_LOOKS + 1) {
        activity.looks.removeFirst();
      }
      long until = activity.looks.getFirst().since() + WITHIN.toNanos();
      if (!completesScans && activity.looks.size() > MOST_LOOKS && until - now > 0) {
        activity.looks.forEach(look -> look.ofScan(true));
        activity.scansUntil = until;
      }
    } finally {
      lock.unlock();
    }
  }
}
