package streamcache.http;

import java.time.Duration;
import streamcache.settings.ListenSettings;

/**
 * How long and how much a connection may take; a record of its own so that tests can be short.
 *
 * @param headWithin from the first byte of a head to its last
 * @param clientIdleMax a player that takes no byte for this long is cut
 * @param keepAliveIdle between two requests, and before the first
 * @param halfClosedWait see {@link Connection}: how long a player that closed its sending side is
 *     believed to be listening while nothing is sent
 * @param lingerMax how long the rest of what a refused client sends is thrown away, so that the
 *     refusal is read before the connection is reset
 * @param pipelinedMax bytes received ahead while an answer is in work, before reading pauses
 * @param connectionsMax connections at once; see {@link Connections}
 * @param bufferBytesMax memory for heads beyond which none but ordinary ones are read
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

  /** Some 30 MiB of heap when all of them are in use. */
  private static final int MOST_CONNECTIONS = 8192;

  static Limits of(ListenSettings settings) {
    return new Limits(
        settings.headWithin(),
        settings.clientIdleMax(),
        Duration.ofSeconds(75),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        64 << 10,
        // The other half is for films, providers and journals.
        Math.clamp(Descriptors.most() / 2, 16, MOST_CONNECTIONS),
        64L << 20);
  }
}
