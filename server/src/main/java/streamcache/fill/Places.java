package streamcache.fill;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections all accounts have together: each costs a thread, a buffer and a socket,
 * whatever the budgets of the accounts add up to. One for the process; any thread, no locks.
 */
final class Places {

  /** Far more than a line carries; their buffers take 64 MiB. */
  static final int MOST = 256;

  /** What nobody waits for leaves these free, so that a player always gets its turn. */
  private static final int FOR_PLAYERS = 64;

  private final AtomicInteger taken = new AtomicInteger();

  /**
   * Takes a place, which is to be given back.
   *
   * @param isAwaited whether a player wants what the connection brings
   * @return false when there is none
   */
  boolean take(boolean isAwaited) {
    int most = isAwaited ? MOST : MOST - FOR_PLAYERS;
    int before = taken.getAndUpdate(now -> now < most ? now + 1 : now);
    return before < most;
  }

  void give() {
    taken.decrementAndGet();
  }

  /** Whether connections that nobody waits for are to make room. */
  boolean areShort() {
    return taken.get() > MOST - FOR_PLAYERS;
  }

  int taken() {
    return taken.get();
  }
}
