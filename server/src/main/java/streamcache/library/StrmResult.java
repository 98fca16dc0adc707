package streamcache.library;

import java.nio.file.Path;

/**
 * What happened to a file, or would happen.
 *
 * @param file a {@code .strm} file, or a folder that cannot be read
 */
public record StrmResult(Path file, StrmDecision decision) {}
