package streamcache.settings;

/** Which data is evicted first. */
public enum EvictionPolicy {
  /** Parts of titles, tails usually before heads; {@code EvictionOrder} has the exact order. */
  HEADS,
  /** Whole titles by last access, as in the seed. */
  LRU
}
