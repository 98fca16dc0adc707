/**
 * Fetches titles before anybody plays them: {@code Prewarms} is the entry point and holds the
 * queue, {@code PrewarmRun} fetches one title. Every request goes through {@code Fills.order},
 * below everything that players need. May import fill, store, playback's events, trouble, library,
 * catalog, durable, link, range and settings.
 */
@NullMarked
package streamcache.prewarm;

import org.jspecify.annotations.NullMarked;
