package streamcache.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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
 * @param adoption the cache of the nginx version, if its titles are to be adopted
 */
public record StoreSettings(
    Path folder,
    OptionalLong maxBytes,
    OptionalLong lowWatermarkBytes,
    long minFreeBytes,
    Duration janitorInterval,
    long progressFlushBytes,
    EvictionPolicy eviction,
    Optional<AdoptionSettings> adoption) {

  /** Settings of a store that adopts nothing. */
  public StoreSettings(
      Path folder,
      OptionalLong maxBytes,
      OptionalLong lowWatermarkBytes,
      long minFreeBytes,
      Duration janitorInterval,
      long progressFlushBytes,
      EvictionPolicy eviction) {
    this(
        folder,
        maxBytes,
        lowWatermarkBytes,
        minFreeBytes,
        janitorInterval,
        progressFlushBytes,
        eviction,
        /* adoption= */ Optional.empty());
  }

  /**
   * The size that the janitor evicts down to.
   *
   * @param max the limit in effect
   */
  public long lowWatermark(long max) {
    return Math.min(max, lowWatermarkBytes.orElse(max / 100 * 95));
  }

  static StoreSettings read(Sources sources, Path folder) {
    OptionalLong most = sources.size(SettingsTable.CACHE_MAX_BYTES);
    OptionalLong low = sources.size(SettingsTable.CACHE_LOW_WATERMARK_BYTES);
    if (most.isPresent() && low.isPresent() && low.getAsLong() > most.getAsLong()) {
      sources.problems().add("CACHE_LOW_WATERMARK_BYTES is larger than CACHE_MAX_BYTES; lower it.");
    }
    return new StoreSettings(
        folder,
        most,
        low,
        sources.value(SettingsTable.CACHE_MIN_FREE_BYTES),
        sources.value(SettingsTable.CACHE_JANITOR_INTERVAL),
        sources.value(SettingsTable.PROGRESS_FLUSH_BYTES),
        sources.value(SettingsTable.EVICTION),
        AdoptionSettings.read(sources));
  }
}
