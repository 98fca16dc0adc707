package streamcache.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Where and how much to keep.
 *
 * @param folder the cache folder
 * @param maxBytes upper limit of allocated bytes; empty: 90 % of what the disk has free at first
 *     start, remembered in the store
 * @param lowWatermarkBytes the janitor evicts down to this; empty: 95 % of the limit
 * @param minFreeBytes evict also when the disk has less than this left
 * @param janitorInterval between two rounds without another cause
 * @param progressFlushBytes a writer journals its progress after this many bytes
 * @param eviction which titles go first
 */
public record StoreSettings(
    Path folder,
    OptionalLong maxBytes,
    OptionalLong lowWatermarkBytes,
    long minFreeBytes,
    Duration janitorInterval,
    long progressFlushBytes,
    Eviction eviction) {

  /** Which titles go first. */
  public enum Eviction {
    /** Tails before heads, by the value of architecture section 5. */
    HEADS,
    /** Whole titles by last access, as the seed did. */
    LRU
  }
}
