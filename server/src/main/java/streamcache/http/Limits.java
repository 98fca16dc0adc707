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
 */
record Limits(
    Duration headWithin,
    Duration clientIdleMax,
    Duration keepAliveIdle,
    Duration halfClosedWait,
    Duration lingerMax,
    int pipelinedMax) {

  static Limits of(ListenSettings settings) {
    return new Limits(
        settings.headWithin(),
        settings.clientIdleMax(),
        Duration.ofSeconds(75),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        64 << 10);
  }
}
