package streamcache.schedule;

import java.time.Duration;

/**
 * The shortest time after a close at which a provider had the allowed number of connections open:
 * it then no longer counted the closed one. Part of an account; times are monotonic nanoseconds.
 */
final class SoonestAcceptance {

  /** How long an observation of a provider is taken to hold. */
  private static final Duration PROOF = Duration.ofMinutes(10);

  private static final int MOST_CONTRADICTIONS = 2;

  private final Duration unknown;
  private Duration soonest;
  private long observedAt;

  /** Refusals long after a close, since one was last accepted soon after a close. */
  private int contradictions;

  /**
   * @param unknown longer than any panel is known to count a closed connection: nothing was
   *     observed
   */
  SoonestAcceptance(Duration unknown, long now) {
    this.unknown = unknown;
    this.soonest = unknown;
    this.observedAt = now;
  }

  /**
   * The allowed number of connections is open.
   *
   * @param isSoon whether the closed one might have been counted for as long
   */
  void accepted(Duration sinceClose, boolean isSoon, long now) {
    boolean isFirst = now - observedAt >= PROOF.toNanos() || sinceClose.compareTo(soonest) < 0;
    soonest = isFirst ? sinceClose : soonest;
    observedAt = now;
    contradictions = isSoon ? 0 : contradictions;
  }

  /**
   * A connection was refused long after a close. Once, that is somebody else who uses the account;
   * again and again, the provider has begun to count closed connections, and the observation is
   * dropped.
   */
  void contradicts() {
    contradictions++;
    if (contradictions == MOST_CONTRADICTIONS) {
      soonest = unknown;
      contradictions = 0;
    }
  }

  /** Whether one was accepted so soon after a close, or sooner, and not long ago. */
  boolean isWithin(Duration sinceClose, long now) {
    return now - observedAt < PROOF.toNanos() && soonest.compareTo(sinceClose) <= 0;
  }
}
