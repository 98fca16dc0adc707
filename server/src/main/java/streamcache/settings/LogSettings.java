package streamcache.settings;

/**
 * What is logged and how.
 *
 * @param verbose whether what only matters in the search for a fault is told, too
 * @param format how a line looks
 */
public record LogSettings(boolean verbose, Format format) {

  /** How a log line looks. */
  public enum Format {
    /** For people: one readable line an event. */
    TEXT,
    /** For machines: one JSON object an event. */
    JSON
  }
}
