package streamcache.schedule;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings of an account.
 *
 * @param connections the limit on connections, at least 1
 * @param coolDown how long the provider counts a closed connection; empty if that is to be learned
 * @param hasRanges whether the provider supports ranges
 * @param trustsValidators whether validators are always or never trusted; empty if that is to be
 *     learned
 * @param namesAgent whether every request carries the same User-Agent
 * @param completeAfter percentage of a title that must have been watched before the rest is fetched
 * @param sharesBandwidth whether a title may start although the bandwidth does not suffice for it
 *     and those that are already playing
 * @param rangeTeeThreshold bytes; an opening request at or below this offset starts the title from
 *     0
 * @param placeWaitMax how long a player waits for a connection of the account; a provider that says
 *     when to retry is retried for as long
 * @param seed seed for random choices: several instances must not retry at the same moment
 */
public record AccountRules(
    int connections,
    Optional<Duration> coolDown,
    boolean hasRanges,
    Optional<Boolean> trustsValidators,
    boolean namesAgent,
    int completeAfter,
    boolean sharesBandwidth,
    long rangeTeeThreshold,
    Duration placeWaitMax,
    long seed) {}
