package streamcache.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals that the player of one exchange has left, and runs the actions registered for that. Fired
 * by the event loop; actions may be added from any thread.
 */
final class DisconnectSignal {

  private static final Logger LOG = LoggerFactory.getLogger(DisconnectSignal.class);

  /** Guards the two fields; never held while an action runs. */
  private final ReentrantLock lock = new ReentrantLock();

  private final List<Runnable> actions = new ArrayList<>(1);
  private volatile boolean past;

  boolean isPast() {
    return past;
  }

  /** Runs {@code action} once when the player leaves, or at once if it has left. */
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
    due.forEach(DisconnectSignal::run);
  }

  /** The failure of one action must stop neither the other actions nor the event loop. */
  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("event=gone.action.failed", e);
    }
  }
}
