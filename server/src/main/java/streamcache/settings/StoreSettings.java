package streamcache.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Where and how much to store.
 *
 * @param folder the cache folder
 * @param maxBytes upper limit of allocated bytes; empty: 90 % of the free disk space at the first
 *     start, remembered in the store
 * @param lowWatermarkBytes the janitor evicts down to this; empty: 95 % of the limit
 * @param minFreeBytes the janitor also evicts if the disk has less than this free
 * @param janitorInterval the time between two rounds without another cause
 * @param progressFlushBytes a writer journals its progress after this many bytes
 * @param eviction which data is evicted first
 */
public record StoreSettings(
    Path folder,
    OptionalLong maxBytes,
    OptionalLong lowWatermarkBytes,
    long minFreeBytes,
    Duration janitorInterval,
    long progressFlushBytes,
    Eviction eviction) {

  /** Which data is evicted first. */
  public enum Eviction {
    /** Parts of titles, tails usually before heads; {@code EvictionOrder} has the exact order. */
    HEADS,
    /** Whole titles by last access, as in the seed. */
    LRU
  }
}
