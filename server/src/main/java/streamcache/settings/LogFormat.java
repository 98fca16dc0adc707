package streamcache.settings;

/** The format of a log line. */
public enum LogFormat {
  /** For people: one readable line per event. */
  TEXT,
  /** For machines: one JSON object per event. */
  JSON
}
