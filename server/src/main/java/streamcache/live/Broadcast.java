package streamcache.live;

import java.util.Optional;

/**
 * A channel that is being received. Any thread.
 *
 * @param window what its viewers read from
 * @param contentType the Content-Type for players
 * @param contentDisposition the provider's Content-Disposition, unless it shows a secret
 */
public record Broadcast(
    LiveWindow window, String contentType, Optional<String> contentDisposition) {}
