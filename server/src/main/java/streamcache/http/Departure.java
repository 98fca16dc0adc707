package streamcache.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The moment the player of one exchange went away, and what is to happen then. Announced by the
 * event loop, awaited from anywhere.
 */
final class Departure {

  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

  /** Guards the two fields; never held while an action runs. */
  private final ReentrantLock lock = new ReentrantLock();

  private final List<Runnable> actions = new ArrayList<>(1);
  private volatile boolean past;

  boolean isPast() {
    return past;
  }

  /** Runs {@code action} once when the player goes, or now if it has gone. */
  void then(Runnable action) {
    if (!added(action)) {
      run(action);
    }
  }

  private boolean added(Runnable action) {
    lock.lock();
    try {
      return !past && actions.add(action);
    } finally {
      lock.unlock();
    }
  }

  void happen() {
    List<Runnable> due;
    lock.lock();
    try {
      past = true;
      due = List.copyOf(actions);
      actions.clear();
    } finally {
      lock.unlock();
    }
    due.forEach(Departure::run);
  }

  /** The failure of one action must neither stop the others nor the event loop. */
  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("event=gone.action.failed", e);
    }
  }
}
