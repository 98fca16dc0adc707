package streamcache.bench.sim;

/** What the policies have in common that ours is compared with. */
final class Rival {

  /** After a refusal the next attempt comes this much later. */
  static final double RETRY = 1;

  /** Present bytes that a download reads over before it gives up, as rclone's. */
  static final long READ_OVER = 1 << 20;

  /** How far a connection that feeds one reader runs ahead of it. */
  static final long READ_AHEAD = 4 << 20;

  /** For a close to get to the provider before the next connection does. */
  static final double SETTLE = 0.1;

  private Rival() {}
}
