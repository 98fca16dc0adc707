package streamcache.testkit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A monitor tests wait on: state changes under {@link #change}, a test waits for a claim about it.
 * A claim that does not come true within the limit fails the test with a description of the state.
 */
final class Waiting {

  /** Generous, so that only a real hang ends in it. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  void change(Runnable edit) {
    lock.lock();
    try {
      edit.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  <T> T read(Supplier<T> view) {
    lock.lock();
    try {
      return view.get();
    } finally {
      lock.unlock();
    }
  }

  void await(BooleanSupplier claim, Supplier<String> state) {
    await(LIMIT, claim, state);
  }

  void await(Duration limit, BooleanSupplier claim, Supplier<String> state) {
    if (!holds(limit, claim)) {
      throw new AssertionError("waited " + limit + " in vain: " + read(state));
    }
  }

  /** Whether the claim came true within the limit. */
  boolean holds(Duration limit, BooleanSupplier claim) {
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
