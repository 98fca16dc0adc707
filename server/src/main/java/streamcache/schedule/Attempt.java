package streamcache.schedule;

import streamcache.origin.Failure;

/**
 * An ended connection, as it affects the next attempt at its title. Progress means a byte that was
 * not stored before; a byte fetched again and compared is not progress.
 *
 * @param failure why it delivered no more
 * @param hasBrought whether it has made progress
 * @param hasAnswered whether the provider sent any bytes, new or not
 * @param isWhole whether it read the file from the start because the provider supports no ranges
 * @param isKnown whether the title already has bytes or facts
 * @param audience who waits for the title
 */
record Attempt(
    Failure failure,
    boolean hasBrought,
    boolean hasAnswered,
    boolean isWhole,
    boolean isKnown,
    Audience audience) {}
