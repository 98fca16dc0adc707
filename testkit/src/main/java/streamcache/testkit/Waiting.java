package streamcache.testkit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A monitor that tests wait on: state changes under {@link #change}, and a test waits for a
 * condition on it. A condition that does not become true within the limit fails the test with a
 * description of the state.
 */
public final class Waiting {

  /** Generous, so that only a real hang exceeds it. */
  public static final Duration LIMIT = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  public void change(Runnable edit) {
    lock.lock();
    try {
      edit.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public <T> T read(Supplier<T> view) {
    lock.lock();
    try {
      return view.get();
    } finally {
      lock.unlock();
    }
  }

  public void await(BooleanSupplier claim, Supplier<String> state) {
    await(LIMIT, claim, state);
  }

  public void await(Duration limit, BooleanSupplier claim, Supplier<String> state) {
    if (!holds(limit, claim)) {
      throw new AssertionError("not true within " + limit + ": " + read(state));
    }
  }

  /** Whether the condition became true within the limit. */
  public boolean holds(Duration limit, BooleanSupplier claim) {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (!claim.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    } finally {
      lock.unlock();
    }
  }
}
