package streamcache.settings;

import java.util.Set;

/**
 * The settings that take effect while the server runs; all others need a restart. A setting is in
 * this list if every place that uses it reads the new value. Constants only.
 */
public final class RunTimeSettings {

  private static final Set<Setting<?>> GLOBAL =
      Set.of(
          SettingsTable.CACHE_MAX_BYTES,
          SettingsTable.CACHE_LOW_WATERMARK_BYTES,
          SettingsTable.CACHE_MIN_FREE_BYTES,
          SettingsTable.CACHE_JANITOR_INTERVAL,
          SettingsTable.EVICTION,
          SettingsTable.FOLLOWER_WAIT_MAX,
          SettingsTable.ANSWER_WITHIN,
          SettingsTable.RESOLVE_TTL,
          SettingsTable.CACHE_REVALIDATE_INTERVAL,
          SettingsTable.PROVIDER_MAX_CONNECTIONS,
          SettingsTable.COMPLETE_AFTER,
          SettingsTable.COMPLETE_SCANS,
          SettingsTable.ADMISSION,
          SettingsTable.CLIENT_STREAMS,
          SettingsTable.CLIENT_NEW_TITLES);

  private static final Set<Setting<?>> OF_PROVIDERS =
      Set.of(
          ProviderTable.MAX_CONNECTIONS,
          ProviderTable.COOL_DOWN,
          ProviderTable.AGENT,
          ProviderTable.HEADER,
          ProviderTable.RANGE_SIZE,
          ProviderTable.RATE_LIMIT,
          ProviderTable.FILL_RATE_LIMIT,
          ProviderTable.FILL_QUOTA,
          ProviderTable.FILL_HOURS,
          ProviderTable.COMPLETE_AFTER,
          ProviderTable.ADMISSION,
          ProviderTable.PROXY);

  private RunTimeSettings() {}

  /** Whether a setting of the server takes effect without a restart. */
  public static boolean takesEffect(Setting<?> setting) {
    return GLOBAL.contains(setting);
  }

  /** Whether a key of provider blocks takes effect without a restart. */
  public static boolean takesEffectInBlock(Setting<?> key) {
    return OF_PROVIDERS.contains(key);
  }
}
