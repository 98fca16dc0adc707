package streamcache.playback;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Records since when players wait for titles. The time is kept for a player and a title, not for
 * each request: a player may ask three times before it shows anything, and its user waits for all
 * three. Owned by {@link Playbacks}; safe from any thread. Times are monotonic nanoseconds.
 */
final class Waits {

  /** A request that comes this long after the last one ended its wait is a person's new attempt. */
  static final Duration BURST = Duration.ofSeconds(5);

  /** Players give up by then; one that keeps asking gets a new wait, or it would never play. */
  static final Duration LONGEST = Duration.ofSeconds(20);

  /** Bounds the memory; beyond it each new request is timed by itself. */
  static final int MOST = 4096;

  /**
   * @param since when the first request of the burst came
   * @param requests that wait now
   * @param last when a request last began or stopped waiting
   */
  private record Wait(long since, int requests, long last) {
    boolean isOver(long now) {
      boolean isQuiet = now - last >= BURST.toNanos();
      return requests == 0 && (isQuiet || now - since >= LONGEST.toNanos());
    }
  }

  private final ConcurrentMap<Viewer, Wait> waits = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /** When ended waits were last removed; a crowd must not make each request do it. */
  private volatile long swept;

  Waits(LongSupplier nanos) {
    this.nanos = nanos;
    this.swept = nanos.getAsLong();
  }

  long now() {
    return nanos.getAsLong();
  }

  int size() {
    return waits.size();
  }

  /**
   * A request begins to wait, until {@link #answered} or {@link #over}.
   *
   * @return since when its player has been waiting
   */
  long begin(Viewer viewer) {
    long now = now();
    if (waits.size() >= MOST && now - swept >= BURST.toNanos()) {
      swept = now;
      waits.values().removeIf(wait -> wait.isOver(now));
    }
    if (waits.size() >= MOST && !waits.containsKey(viewer)) {
      return now;
    }
    return waits
        .compute(
            viewer,
            (_, old) ->
                old == null || old.isOver(now)
                    ? new Wait(now, 1, now)
                    : new Wait(old.since(), old.requests() + 1, now))
        .since();
  }

  /** The player gets the title: the wait for its next request starts from zero. */
  void answered(Viewer viewer) {
    waits.remove(viewer);
  }

  /**
   * A request ends without a byte of the title.
   *
   * @param since the value that {@link #begin} returned
   */
  void over(Viewer viewer, long since) {
    long now = now();
    waits.computeIfPresent(
        viewer, (_, old) -> old.since() == since ? new Wait(since, old.requests() - 1, now) : old);
  }
}
