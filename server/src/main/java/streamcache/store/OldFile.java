package streamcache.store;

import java.nio.file.Path;

/**
 * A finished file of an old cache.
 *
 * @param length in bytes
 */
public record OldFile(Path path, long length) {}
