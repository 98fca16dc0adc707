package streamcache.settings;

import java.time.Duration;

/**
 * Where players are listened to and how long they may take.
 *
 * @param bind address to listen on; empty for all
 * @param port 0 to 65535; 0 lets the system choose
 * @param clientIdleMax a player that takes no byte for this long is cut
 * @param headWithin a request head that is not complete by then is answered 408
 * @param drainWithin how long players may finish after SIGTERM
 * @param basePath what a reverse proxy may serve all of this under, such as {@code /films}; empty
 *     text for nothing
 */
public record ListenSettings(
    String bind,
    int port,
    Duration clientIdleMax,
    Duration headWithin,
    Duration drainWithin,
    String basePath) {}
