package streamcache.settings;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How titles are fetched.
 *
 * @param rangeTeeThreshold an opening request that starts at or below this offset, in bytes, starts
 *     the fill at 0; one beyond fetches its own range first
 * @param followerWaitMax longest time without a new byte before a follower gives up
 * @param answerWithin longest time until a player gets an answer or an honest status, unless the
 *     provider is visibly still answering
 * @param resolveTtl how long the target of a redirect is used again for the same generation
 * @param providerMaxConnections connections an account may have at once; empty: 1 for Xtream-shaped
 *     URLs, else 4
 * @param verifyTls whether a provider's certificate is checked
 * @param egress where titles may be fetched from
 */
public record FillSettings(
    long rangeTeeThreshold,
    Duration followerWaitMax,
    Duration answerWithin,
    Duration resolveTtl,
    OptionalInt providerMaxConnections,
    boolean verifyTls,
    EgressSettings egress) {}
