package streamcache.store;

/**
 * How full the store is.
 *
 * @param usedBytes allocated bytes by our own arithmetic, blocks of 4 KiB
 * @param maxBytes the limit
 * @param diskFreeBytes what the disk has left
 * @param titles number of titles with at least one byte
 * @param takesBytes whether writes succeed at present
 */
public record StoreUsage(
    long usedBytes, long maxBytes, long diskFreeBytes, long titles, boolean takesBytes) {}
