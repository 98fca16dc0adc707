package streamcache.fill;

import java.time.Duration;
import streamcache.origin.Habits;

/**
 * How far and how wide the way to a provider is: moving averages over what its connections show.
 * Guarded by the account's lock. Public for the simulator in {@code bench} alone.
 */
public final class LineMeter {

  /** Until the first connection has answered. */
  private static final double FIRST_BYTE_GUESS = 0.3;

  /** Weight of a new reading. */
  private static final double FIRST_BYTE_WEIGHT = 0.3;

  private static final double RATE_WEIGHT = 0.2;

  private double firstByte;
  private double rate;

  /**
   * @param known from an earlier run; zeros while unknown
   */
  public LineMeter(Habits.Line known) {
    this.firstByte = known.firstByte();
    this.rate = known.rate();
  }

  Habits.Line line() {
    return new Habits.Line(firstByte, rate);
  }

  /** From the start of a connection to its first byte. */
  public void answered(Duration took) {
    double seconds = took.toNanos() / 1e9;
    firstByte = firstByte == 0 ? seconds : firstByte + FIRST_BYTE_WEIGHT * (seconds - firstByte);
  }

  /** A connection that nobody held back brings this much a second. */
  public void flows(double bytesASecond) {
    if (bytesASecond > 0) {
      rate = rate == 0 ? bytesASecond : rate + RATE_WEIGHT * (bytesASecond - rate);
    }
  }

  /** What is known now, with the cool-down that the account's {@link Budget} has learned. */
  public AccountState.LineState state(Duration coolDown) {
    double first = firstByte == 0 ? FIRST_BYTE_GUESS : firstByte;
    return new AccountState.LineState(first, rate, coolDown.toNanos() / 1e9);
  }
}
