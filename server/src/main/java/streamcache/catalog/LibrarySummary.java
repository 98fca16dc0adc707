package streamcache.catalog;

/**
 * What an import did, in entries, except for {@code removed}, which counts files.
 *
 * @param written new or changed
 * @param unchanged left as they were
 * @param channels in the playlist of live channels
 * @param failed could not be written, each explained by a sentence
 * @param removed files of earlier imports that the source no longer lists
 * @param stale files of earlier imports that the source no longer lists, and that were kept
 */
public record LibrarySummary(
    long written, long unchanged, long channels, long failed, long removed, long stale) {}
