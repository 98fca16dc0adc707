package streamcache.settings;

/**
 * Another name of a setting.
 *
 * @param unit the unit of a number without one
 */
record SeedAlias(Setting<?> setting, String unit) {}
