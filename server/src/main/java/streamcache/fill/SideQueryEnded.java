package streamcache.fill;

import java.time.Duration;
import java.util.Optional;
import streamcache.event.Event;
import streamcache.link.AccountId;
import streamcache.origin.Failure;

/**
 * A request to a provider that was not for playback has ended.
 *
 * @param took from the moment at which it got its slot
 * @param failure empty if it was answered
 * @param isPreempted whether it was cut, since a player needed its slot
 */
public record SideQueryEnded(
    AccountId account,
    QueryPurpose purpose,
    Duration took,
    Optional<Failure> failure,
    boolean isPreempted)
    implements Event {}
