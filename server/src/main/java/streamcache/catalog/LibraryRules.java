package streamcache.catalog;

/**
 * How an import fills a library.
 *
 * @param source what the library is filled from, such as {@code m3u}; a library has one source
 * @param server whose naming rules apply
 * @param describes whether {@code .nfo} files are written for entries with known numbers
 * @param removal what happens to files that the source no longer lists
 * @param isDryRun whether the library is only compared, and nothing is changed
 */
public record LibraryRules(
    String source, MediaServer server, boolean describes, Removal removal, boolean isDryRun) {

  /** What happens to files of earlier imports that the source no longer lists. */
  public enum Removal {
    NONE,
    /** They are removed, unless they are more than half: then the source is to be doubted. */
    AT_MOST_HALF,
    ALL
  }
}
