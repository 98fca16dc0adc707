package streamcache.store;

/**
 * How full the store is.
 *
 * @param usedBytes allocated bytes, computed in blocks of 4 KiB
 * @param maxBytes the limit
 * @param diskFreeBytes free bytes on the disk
 * @param titles number of titles with at least one byte
 * @param isWritable whether writes currently succeed
 */
public record StoreUsage(
    long usedBytes, long maxBytes, long diskFreeBytes, long titles, boolean isWritable) {}
