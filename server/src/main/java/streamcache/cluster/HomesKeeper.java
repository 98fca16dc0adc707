package streamcache.cluster;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The {@link HomesMachine} under one lock, with the time, for all threads. The lock is held for
 * microseconds, never while anything is sent, opened or closed.
 */
final class HomesKeeper {

  private final ClusterNode self;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final HomesMachine machine;
  private long events;

  HomesKeeper(ClusterNode self, int listed) {
    this.self = self;
    this.machine = new HomesMachine(self, listed);
  }

  ClusterNode self() {
    return self;
  }

  /** Passes the machine an event; wakes those who wait. */
  <T> T on(Function<HomesMachine, T> event) {
    lock.lock();
    try {
      return event.apply(machine);
    } finally {
      events++;
      changed.signalAll();
      lock.unlock();
    }
  }

  <T> T ask(Function<HomesMachine, T> question) {
    lock.lock();
    try {
      return question.apply(machine);
    } finally {
      lock.unlock();
    }
  }

  HomePlace place(AccountKey account) {
    return ask(machine -> machine.place(account, System.nanoTime()));
  }

  boolean mayOpen(AccountKey account, Duration coolDown) {
    return ask(machine -> machine.mayOpen(account, coolDown, System.nanoTime()));
  }

  /** Where the account is; waits until that is settled, or the time has passed. Parks. */
  HomePlace await(AccountKey account, Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      HomePlace place = machine.place(account, System.nanoTime());
      while (place instanceof HomePlace.Unsettled && left > 0) {
        left = changed.awaitNanos(left);
        place = machine.place(account, System.nanoTime());
      }
      return place;
    } finally {
      lock.unlock();
    }
  }

  /** Parks until something happens in the cluster, or the time has passed. */
  void awaitChange(Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      long before = events;
      while (events == before && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
