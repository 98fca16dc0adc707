package streamcache.outbox;

import java.time.Duration;

/**
 * How long to wait before a retry. Pure.
 *
 * @param first the wait after the first failure
 * @param most the upper limit that doubling reaches
 */
public record Backoff(Duration first, Duration most) {

  /**
   * @param failures consecutive failures, at least 1
   */
  public Duration after(int failures) {
    Duration wait = first;
    for (int doubled = 1; doubled < failures && wait.compareTo(most) < 0; doubled++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(most) < 0 ? wait : most;
  }
}
