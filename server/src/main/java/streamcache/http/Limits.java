package streamcache.http;

import java.time.Duration;
import streamcache.settings.ListenSettings;

/**
 * The limits of a connection in time and size; a record of its own so that tests can be short.
 *
 * @param headWithin from the first byte of a head to its last
 * @param clientIdleMax a player that takes no byte for this long is cut
 * @param keepAliveIdle between two requests, and before the first
 * @param halfClosedWait how long a player that closed its sending side is considered present while
 *     nothing is sent; see {@link ClientConnection}
 * @param lingerMax how long the remaining bytes of a refused client are discarded, so that it reads
 *     the refusal before the connection is reset
 * @param pipelinedMax bytes received ahead while a response is in progress, before reading pauses
 * @param connectionsMax concurrent connections; see {@link Connections}
 * @param bufferBytesMax memory in buffers beyond which unusually long heads are refused
 */
record Limits(
    Duration headWithin,
    Duration clientIdleMax,
    Duration keepAliveIdle,
    Duration halfClosedWait,
    Duration lingerMax,
    int pipelinedMax,
    int connectionsMax,
    long bufferBytesMax) {

  /** About 30 MiB of heap when all of them are in use. */
  private static final int MOST_CONNECTIONS = 8192;

  static Limits of(ListenSettings settings) {
    return new Limits(
        settings.headWithin(),
        settings.clientIdleMax(),
        Duration.ofSeconds(75),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        64 << 10,
        // The other half is for media files, provider connections and journals.
        Math.clamp(Descriptors.most() / 2, 16, MOST_CONNECTIONS),
        64L << 20);
  }
}
