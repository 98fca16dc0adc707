package streamcache.settings;

/**
 * What is logged and how.
 *
 * @param verbose whether details that only matter for troubleshooting are logged too
 * @param format the format of a line
 */
public record LogSettings(boolean verbose, Format format) {

  /** The format of a log line. */
  public enum Format {
    /** For people: one readable line per event. */
    TEXT,
    /** For machines: one JSON object per event. */
    JSON
  }
}
