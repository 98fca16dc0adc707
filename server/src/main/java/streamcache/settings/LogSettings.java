package streamcache.settings;

/**
 * What is logged and how.
 *
 * @param verbose whether details that only matter for troubleshooting are logged too
 * @param format the format of a line
 */
public record LogSettings(boolean verbose, LogFormat format) {

  static LogSettings read(Sources sources) {
    return new LogSettings(
        sources.value(SettingsTable.LOG_VERBOSE), sources.value(SettingsTable.LOG_FORMAT));
  }
}
