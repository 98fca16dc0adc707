package streamcache.schedule;

import java.time.Duration;

/**
 * The latency and the bandwidth of the path to a provider: moving averages of what its connections
 * show. Part of an account.
 */
final class UpstreamMeter {

  /** The value used until the first connection has received a response. */
  private static final double FIRST_BYTE_GUESS = 0.3;

  /** Weight of a new reading. */
  private static final double FIRST_BYTE_WEIGHT = 0.3;

  private static final double RATE_WEIGHT = 0.2;

  /** Seconds; 0 while unknown. */
  private double firstByte;

  /** Bytes per second; 0 while unknown. */
  private double rate;

  /**
   * @param known what an earlier run learned
   */
  UpstreamMeter(Learned known) {
    this.firstByte = known.firstByte();
    this.rate = known.rate();
  }

  /** A connection took {@code took} from its start to its first byte. */
  void answered(Duration took) {
    double seconds = took.toNanos() / 1e9;
    firstByte = firstByte == 0 ? seconds : firstByte + FIRST_BYTE_WEIGHT * (seconds - firstByte);
  }

  /** A connection that was not throttled delivers this many bytes per second. */
  void flows(double bytesASecond) {
    if (bytesASecond > 0) {
      rate = rate == 0 ? bytesASecond : rate + RATE_WEIGHT * (bytesASecond - rate);
    }
  }

  /** What is currently known, with the cool-down that the account's {@link Budget} uses. */
  AccountState.UpstreamState state(Duration coolDown) {
    double first = firstByte == 0 ? FIRST_BYTE_GUESS : firstByte;
    return new AccountState.UpstreamState(first, rate, coolDown.toNanos() / 1e9);
  }

  /** What a later run is to know, with the lessons of the account's budget. */
  Learned lessons(Budget budget, long now) {
    return new Learned(
        firstByte, rate, budget.learnedCoolDown(now), budget.sinceLearned(now), budget.lesson(now));
  }
}
