package streamcache.bench.sim;

/** What the policies that the product is compared with have in common. */
final class Rival {

  /** Seconds after a refusal until the next attempt. */
  static final double RETRY = 1;

  /** Present bytes that a download reads over before it ends, as in rclone. */
  static final long READ_OVER = 1 << 20;

  /** How far a connection that feeds one reader runs ahead of it. */
  static final long READ_AHEAD = 4 << 20;

  /** Seconds that a close needs to reach the provider before the next connection does. */
  static final double SETTLE = 0.1;

  private Rival() {}
}
