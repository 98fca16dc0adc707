package streamcache.outbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Holds all deliveries after the other program could not take one, longer each time in a row. Used
 * by one thread.
 */
public final class DeliveryPause {

  private final Backoff backoff;
  private final InstantSource clock;
  private int failures;
  private Instant until = Instant.MIN;

  public DeliveryPause(Backoff backoff, InstantSource clock) {
    this.backoff = backoff;
    this.clock = clock;
  }

  public boolean isOver() {
    return !until.isAfter(clock.instant());
  }

  /** The time until which nothing is delivered; in the past if there is no pause. */
  public Instant until() {
    return until;
  }

  /** How long nothing is delivered yet; zero if there is no pause. */
  public Duration left() {
    return isOver() ? Duration.ZERO : Duration.between(clock.instant(), until);
  }

  /**
   * The other program could not take a delivery.
   *
   * @return whether it is the first failure in a row
   */
  public boolean failed() {
    failures++;
    until = clock.instant().plus(backoff.after(failures));
    return failures == 1;
  }

  /**
   * The other program works.
   *
   * @return whether it did not before
   */
  public boolean succeeded() {
    boolean wasFailing = failures > 0;
    failures = 0;
    return wasFailing;
  }
}
