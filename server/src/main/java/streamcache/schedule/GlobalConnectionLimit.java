package streamcache.schedule;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the connections of all accounts together: each costs a thread, a buffer and a socket,
 * whatever the budgets of the accounts add up to. One per process; thread-safe without locks.
 */
public final class GlobalConnectionLimit {

  /** Far more than the bandwidth can use; their buffers take 64 MiB. */
  private static final int MOST = 256;

  private static final int FOR_PLAYERS = 64;

  private final int most;
  private final int mostUnawaited;
  private final AtomicInteger taken = new AtomicInteger();

  /** The limit of a process. */
  public GlobalConnectionLimit() {
    this(MOST, FOR_PLAYERS);
  }

  /**
   * @param most connections, at least 1
   * @param forPlayers how many of them are reserved for connections that a player waits for, so
   *     that a player always gets its turn; less than {@code most}
   */
  public GlobalConnectionLimit(int most, int forPlayers) {
    this.most = most;
    this.mostUnawaited = most - forPlayers;
  }

  /**
   * Takes a slot, which must be given back.
   *
   * @param isAwaited whether a player wants what the connection delivers
   * @return false when no slot is free
   */
  public boolean take(boolean isAwaited) {
    int limit = isAwaited ? most : mostUnawaited;
    int before = taken.getAndUpdate(now -> now < limit ? now + 1 : now);
    return before < limit;
  }

  public void give() {
    taken.decrementAndGet();
  }

  /** Whether connections that nobody waits for must free their slots. */
  public boolean isShort() {
    return taken.get() > mostUnawaited;
  }

  public int taken() {
    return taken.get();
  }
}
